using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AuthServer.Storage.Sqlite;
using AuthServer.TestKit;

namespace AuthServer.Faults;

/// <summary>A server process with a store of its own, which dies and comes again at the same address.</summary>
public sealed class Deployment : IAsyncDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("authserver-faults-").FullName;
    private readonly int port = ServerProcess.FreePort();
    private readonly bool embedded;
    private ServerProcess? server;

    private Deployment(bool embedded) => this.embedded = embedded;

    public Uri Address => new($"http://127.0.0.1:{port}/");

    /// <param name="embedded">SQLite, also where the tests were told of a PostgreSQL server.</param>
    public static async Task<Deployment> StartAsync(bool embedded)
    {
        var deployment = new Deployment(embedded);
        await deployment.ComeAsync();
        return deployment;
    }

    public async Task ComeAsync()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (embedded)
            settings["ConnectionStrings__Postgres"] = "";
        server = await ServerProcess.StartAsync(directory, port, settings);
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task DieAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }

    /// <summary>Calls of the Management API.</summary>
    public async Task<HttpClient> AdministratorAsync()
    {
        var http = new HttpClient { BaseAddress = Address };
        using var answer = await http.PostAsync("/oauth/token", new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = TestServer.ClientId,
            ["client_secret"] = TestServer.ClientSecret,
            ["audience"] = $"{Address}api/v2/",
        }));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString());
        return http;
    }

    /// <exception cref="InvalidDataException">The store did not open clean.</exception>
    public void Examine()
    {
        if (embedded)
            SqliteBackup.Check(Path.Combine(directory, Storage.StorageServices.DatabaseFile));
    }

    public async ValueTask DisposeAsync()
    {
        await DieAsync();
        Directory.Delete(directory, recursive: true);
        TestPostgres.Drop(directory);
    }
}
