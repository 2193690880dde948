using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests;

/// <summary>
/// docs/operations.md: a backup is taken while the server works, and a restored server continues from it.
/// </summary>
public sealed class BackupTests : IDisposable
{
    /// <summary>The embedded store, wherever the other tests run.</summary>
    private static readonly Dictionary<string, string> Embedded = new(StringComparer.Ordinal)
    {
        ["ConnectionStrings__Postgres"] = "",
    };

    private readonly TemporaryDirectory root = new();

    private string Data => Path.Combine(root.Path, "data");

    private string Restored => Path.Combine(root.Path, "restored");

    private string File => Path.Combine(root.Path, "backup.tar");

    [Fact]
    public async Task A_backup_taken_under_load_is_restored_and_its_users_go_on()
    {
        var (client, refreshToken) = await BackUpUnderLoadAsync();

        var (code, output) = await ServerProcess.RunAsync(Restored, "restore", File);

        Assert.Equal((0, true), (code, output.Contains("Start the server", StringComparison.Ordinal)));
        await using var server = await ServerProcess.StartAsync(Restored, ServerProcess.FreePort(), Embedded);
        using var http = new HttpClient { BaseAddress = new Uri(server.Address) };
        Assert.Equal(HttpStatusCode.OK, (await RefreshAsync(http, client, refreshToken)).StatusCode);
        Assert.NotNull(await PasswordAsync(http, client));
    }

    [Fact]
    public async Task A_restore_may_end_every_session_and_grant()
    {
        var (client, refreshToken) = await BackUpUnderLoadAsync();

        await ServerProcess.RunAsync(Restored, "restore", File, "--end-sessions");

        await using var server = await ServerProcess.StartAsync(Restored, ServerProcess.FreePort(), Embedded);
        using var http = new HttpClient { BaseAddress = new Uri(server.Address) };
        Assert.Equal(HttpStatusCode.BadRequest, (await RefreshAsync(http, client, refreshToken)).StatusCode);
        Assert.NotNull(await PasswordAsync(http, client));
    }

    [Fact]
    public async Task Nothing_is_overwritten()
    {
        await using (await ServerProcess.StartAsync(Data, ServerProcess.FreePort(), Embedded))
            Assert.Equal(0, (await ServerProcess.RunAsync(Data, "backup", File)).ExitCode);

        Assert.Contains(
            "exists already", (await ServerProcess.RunAsync(Data, "backup", File)).Output, StringComparison.Ordinal);
        Assert.Contains(
            "overwrites nothing",
            (await ServerProcess.RunAsync(Data, "restore", File)).Output,
            StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public async Task Another_file_is_not_a_backup()
    {
        await System.IO.File.WriteAllTextAsync(File, "something else");

        var (code, output) = await ServerProcess.RunAsync(Restored, "restore", File);

        Assert.Equal(1, code);
        Assert.Contains("is not a backup", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_server_on_the_same_store_is_refused()
    {
        await using var first = await ServerProcess.StartAsync(Data, ServerProcess.FreePort(), Embedded);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            ServerProcess.StartAsync(Data, ServerProcess.FreePort(), Embedded));

        Assert.Contains("Another server uses", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => root.Dispose();

    /// <returns>A client, and a refresh token that was acknowledged before the backup began.</returns>
    private async Task<(JsonElement Client, string RefreshToken)> BackUpUnderLoadAsync()
    {
        await using var server = await ServerProcess.StartAsync(Data, ServerProcess.FreePort(), Embedded);
        using var http = new HttpClient { BaseAddress = new Uri(server.Address) };
        var client = await AddClientAsync(http, server.Address);
        var kept = (await PasswordAsync(http, client))!;
        var busy = (await PasswordAsync(http, client))!;

        using var stop = new CancellationTokenSource();
        var load = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                busy = (await (await RefreshAsync(http, client, busy)).Content.ReadFromJsonAsync<JsonElement>())
                    .GetProperty("refresh_token")
                    .GetString()!;
        });
        var (code, output) = await ServerProcess.RunAsync(Data, "backup", File);
        await stop.CancelAsync();
        await load;
        Assert.True(code == 0, output);
        return (client, kept);
    }

    private static async Task<JsonElement> AddClientAsync(HttpClient http, string address)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", await http.GetManagementTokenAsync(address + "/"));
        using var created = await http.PostAsJsonAsync("/api/v2/clients", new
        {
            name = "Worker",
            grant_types = new[] { "http://auth0.com/oauth/grant-type/password-realm", "refresh_token" },
            refresh_token = new { rotation_type = "rotating", expiration_type = "expiring" },
        });
        var client = await created.Content.ReadFromJsonAsync<JsonElement>();
        var connection = (await http.GetFromJsonAsync<JsonElement>("/api/v2/connections"))[0]
            .GetProperty("id")
            .GetString();
        using var enabled = await http.PatchAsJsonAsync(
            $"/api/v2/connections/{connection}/clients",
            new[] { new { client_id = client.GetProperty("client_id").GetString(), status = true } });
        http.DefaultRequestHeaders.Authorization = null;
        return client;
    }

    private static async Task<string?> PasswordAsync(HttpClient http, JsonElement client)
    {
        using var answer = await http.PostAsync(
            "/oauth/token",
            Form(
                ("grant_type", "http://auth0.com/oauth/grant-type/password-realm"),
                ("realm", "Username-Password-Authentication"),
                ("scope", "openid offline_access"),
                ("username", TestServer.AdminEmail),
                ("password", TestServer.AdminPassword),
                ("client_id", client.GetProperty("client_id").GetString()!),
                ("client_secret", client.GetProperty("client_secret").GetString()!)));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("refresh_token").GetString();
    }

    private static Task<HttpResponseMessage> RefreshAsync(HttpClient http, JsonElement client, string refreshToken) =>
        http.PostAsync(
            "/oauth/token",
            Form(
                ("grant_type", "refresh_token"),
                ("refresh_token", refreshToken),
                ("client_id", client.GetProperty("client_id").GetString()!),
                ("client_secret", client.GetProperty("client_secret").GetString()!)));

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] parameters) =>
        new(parameters.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal));
}
