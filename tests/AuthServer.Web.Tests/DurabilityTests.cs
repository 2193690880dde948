using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests;

/// <summary>Acknowledged changes survive <c>kill -9</c>, and no secret stands in the log.</summary>
public sealed class DurabilityTests
{
    private static readonly string[] Canaries =
    [
        TestServer.ClientSecret, TestServer.AdminPassword, "canary-wrong-secret", "canary-query-value",
    ];

    /// <summary>More than are imported before the kill.</summary>
    private const int Imported = 500;

    [Fact]
    public async Task Acknowledged_changes_survive_a_kill_and_no_secret_is_logged()
    {
        using var directory = new TemporaryDirectory();
        var port = ServerProcess.FreePort();
        var acknowledged = new List<string>();
        string log, job;
        var before = 0;

        await using (var server = await ServerProcess.StartAsync(directory.Path, port))
        {
            using var http = new HttpClient { BaseAddress = new Uri(server.Address) };
            await SignInAsync(http, server);
            job = await ImportAsync(http, Imported);
            for (var i = 0; i < 20; i++)
            {
                using var created = await http.PostAsJsonAsync("/api/v2/clients", new { name = $"Client {i}" });
                acknowledged.Add(
                    (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("client_id").GetString()!);
            }

            using var wrong = await http.PostAsync(
                "/oauth/token",
                Form(
                    ("grant_type", "client_credentials"), ("client_id", TestServer.ClientId),
                    ("client_secret", "canary-wrong-secret")));
            using var query = await http.GetAsync("/userinfo?access_token=canary-query-value");
            await Eventually.UntilAsync(
                async () => (before = await UsersAsync(http)) > 20, "The import has not begun.");
            await server.KillAsync();
            log = server.Output;
        }

        await using (var server = await ServerProcess.StartAsync(directory.Path, port))
        {
            using var http = new HttpClient { BaseAddress = new Uri(server.Address) };
            var token = await SignInAsync(http, server);
            foreach (var clientId in acknowledged)
                Assert.True((await http.GetAsync($"/api/v2/clients/{clientId}")).IsSuccessStatusCode);
            await Eventually.UntilAsync(
                async () => (await JobAsync(http, job)).GetProperty("status").GetString() == "completed",
                "The import is not completed.");
            var summary = (await JobAsync(http, job)).GetProperty("summary");
            Assert.Equal(
                (Imported, 0), (summary.GetProperty("inserted").GetInt32(), summary.GetProperty("failed").GetInt32()));
            Assert.True(before <= Imported, "The import was over before the kill.");
            Assert.Equal(Imported + 1, await UsersAsync(http));
            log += server.Output;
            Assert.DoesNotContain(token, log, StringComparison.Ordinal);
        }

        var printedOnce = log.Split("First run.")[1].Split('\n', 6)[5];
        Assert.All(Canaries, canary => Assert.DoesNotContain(canary, printedOnce, StringComparison.Ordinal));
    }

    private static async Task<string> ImportAsync(HttpClient http, int users)
    {
        var connections = await http.GetFromJsonAsync<JsonElement>("/api/v2/connections");
        using var form = new MultipartFormDataContent
        {
            { new StringContent(connections[0].GetProperty("id").GetString()!), "connection_id" },
            {
                JsonContent.Create(Enumerable.Range(0, users).Select(i => new { email = $"user{i}@example.com" })),
                "users",
                "users.json"
            },
        };
        using var answer = await http.PostAsync("/api/v2/jobs/users-imports", form);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<int> UsersAsync(HttpClient http) =>
        (await http.GetFromJsonAsync<JsonElement>("/api/v2/users?include_totals=true&per_page=1"))
            .GetProperty("total").GetInt32();

    private static Task<JsonElement> JobAsync(HttpClient http, string job) =>
        http.GetFromJsonAsync<JsonElement>($"/api/v2/jobs/{job}");

    [Fact]
    public async Task A_first_start_prints_its_credentials_once_and_keeps_them_for_its_owner()
    {
        using var directory = new TemporaryDirectory();
        var port = ServerProcess.FreePort();

        await using (var first = await ServerProcess.StartAsync(directory.Path, port))
            Assert.Contains(TestServer.AdminPassword, await OutputAsync(first), StringComparison.Ordinal);
        await using (var second = await ServerProcess.StartAsync(directory.Path, port))
            Assert.DoesNotContain(TestServer.AdminPassword, await OutputAsync(second), StringComparison.Ordinal);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(directory.Path, "bootstrap.json")));
    }

    private static async Task<string> OutputAsync(ServerProcess server)
    {
        await Eventually.UntilAsync(
            () => server.Output.Contains("AuthServer is running", StringComparison.Ordinal), "There is no banner.");
        await Task.Delay(200);
        return server.Output;
    }

    private static async Task<string> SignInAsync(HttpClient http, ServerProcess server)
    {
        var token = await http.GetManagementTokenAsync(server.Address + "/");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] parameters) =>
        new(parameters.ToDictionary(p => p.Name, p => p.Value));
}
