using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Faults;

/// <summary>Calls of the Management API.</summary>
public sealed class Administrator : IDisposable
{
    private readonly HttpClient http;

    private Administrator(HttpClient http) => this.http = http;

    public static async Task<Administrator> SignInAsync(Deployment deployment)
    {
        var caller = deployment.NewHttp();
        caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", await caller.GetManagementTokenAsync(deployment.Address.ToString()));
        return new Administrator(caller);
    }

    public Task<JsonElement> GetAsync(string path) => http.GetFromJsonAsync<JsonElement>("/api/v2/" + path);

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await http.PostAsJsonAsync("/api/v2/" + path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonDocument.Parse(text).RootElement
            : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text}");
    }

    public async Task PatchAsync(string path, object body) =>
        (await http.PatchAsJsonAsync("/api/v2/" + path, body)).EnsureSuccessStatusCode().Dispose();

    /// <returns>The id and secret of a new client, which users of the default connection may sign in to.</returns>
    public async Task<(string Id, string? Secret)> ClientAsync(object body)
    {
        var client = await PostAsync("clients", body);
        var id = Text(client, "client_id");
        var connection = Text((await GetAsync($"connections?name={Connection.DefaultDatabase}"))[0], "id");
        await PatchAsync($"connections/{connection}/clients", new[] { new { client_id = id, status = true } });
        return (id, client.TryGetProperty("client_secret", out var secret) ? secret.GetString() : null);
    }

    /// <returns>The id of a new user of a database.</returns>
    public async Task<string> UserAsync(
        string email, string password,
        string connection = Connection.DefaultDatabase) =>
        Text(
            await PostAsync(
                "users",
                new
                {
                    connection,
                    email,
                    password,
                }),
            "user_id");

    public void Dispose() => http.Dispose();

    public static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;
}
