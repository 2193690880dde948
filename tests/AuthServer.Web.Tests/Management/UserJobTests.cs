using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Storage;
using AuthServer.TestKit;
using Microsoft.EntityFrameworkCore;

namespace AuthServer.Web.Tests.Management;

/// <summary>Users that are imported from a file and exported into one.</summary>
public sealed class UserJobTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    private const string Bcrypt = "$2b$10$abcdefghijklmnopqrstuurdT.kpWwhZRxtoySUKhUWwcOIpuvTQ6";

    /// <summary>The example of the reference implementation: "password", "somesalt".</summary>
    private const string Argon2 =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private const string Pbkdf2 =
        "$pbkdf2-sha512$i=1000,l=32$c2FsdC1vZi10aGUtb2xk$l3Pd1XKllAnLILHfrO8lIWAwudyg+nxPJgHOPMjqMFc";

    private const string Pbkdf2WithoutLength =
        "$pbkdf2-sha256$i=1000$c2FsdC1vZi10aGUtb2xk$WXviI8sAbmkRk5wmB0dHF8W+WgHkMJNIQfk+/F3x/SA";

    private const string Sha512 =
        "9671c4cb237fc9f7dbb7cb1ea247a93cfbaf1b6f68db291ad2ee99b51d0a3633"
        + "9e795d2c3d8d3dd4b1723a9dd0fbaf798be7d26d035b9b088f7a4ff36823baed";

    /// <summary>Hashes that other programs made, each with its password.</summary>
    private static readonly (string Hash, string Password)[] Hashes =
    [
        ($"\"password_hash\":\"{Bcrypt}\"", "the old bcrypt password"),
        (Custom("bcrypt", Bcrypt, ",\"encoding\":\"utf8\""), "the old bcrypt password"),
        (Custom("argon2", Argon2), "password"),
        (Custom("pbkdf2", Pbkdf2, ",\"encoding\":\"utf8\""), "the old pbkdf2 password"),
        (Custom("pbkdf2", Pbkdf2WithoutLength), "the old pbkdf2 password"),
        (Custom("md5", "B93721E814C7414269A5C76F4FF2E458"), "the old md5 password"),
        (Custom(
            "sha1",
            "a10d50a9ee778d30ab6f00194f3709cf478714a3",
            more: ""","salt":{"value":"pepper","position":"suffix"},"password":{"encoding":"utf8"}"""),
            "the old sha1 password"),
        (Custom(
            "sha256",
            "ulWAAq05p+8VijQNZljNu1g7FXpp5FTP0VIfE0RvIMM=",
            ",\"encoding\":\"base64\"",
            ""","salt":{"value":"00ff10","encoding":"hex"}"""),
            "the old sha256 password"),
        (Custom("sha512", Sha512, more: ""","salt":{"value":"s","position":"prefix"}"""), "the old sha512 password"),
    ];

    private TestServer Server => api.Server;

    [Fact]
    public async Task An_imported_user_signs_in_with_the_old_password_whose_hash_is_then_replaced()
    {
        var users = Hashes.Select((one, i) => $$"""{"email":"Old{{i}}@example.com",{{one.Hash}}}""");
        var job = await ImportedAsync($"[{string.Join(',', users)}]");
        Assert.Equal((Hashes.Length, 0, 0), Summary(job));
        var signIn = await SignInAsync();

        for (var i = 0; i < Hashes.Length; i++)
        {
            var email = $"old{i}@example.com";
            Assert.Equal(HttpStatusCode.BadRequest, await signIn(email, "another password"));
            Assert.StartsWith("$", await HashOfAsync(email), StringComparison.Ordinal);

            Assert.Equal((HttpStatusCode.OK, email), (await signIn(email, Hashes[i].Password), email));
            Assert.DoesNotContain('$', await HashOfAsync(email));
        }

        Assert.Equal(HttpStatusCode.OK, await signIn("old0@example.com", Hashes[0].Password));
        var slowest = await Server.WithAsync<AuthDbContext, int?>(db => db.Connections
            .Where(c => c.Name == Connection.DefaultDatabase).Select(c => c.SlowestImportedHash).SingleAsync());
        Assert.InRange(slowest ?? 0, 1, 2_000);
    }

    [Fact]
    public async Task A_file_changes_users_who_exist_only_when_it_may_and_never_a_password_that_was_set_here()
    {
        var id = await api.NewUserAsync("known@example.com", "\"user_metadata\":{\"a\":1,\"b\":2}");
        const string File = """
            [{"email":"known@example.com","name":"New Name","user_metadata":{"c":3},"password_hash":"HASH"},
             {"email":"fresh@example.com","username":"x y","password_hash":"HASH"},
             {"email":"nobody@example.com","user_id":"from-elsewhere","app_metadata":{"plan":"gold"}},
             {"email":"hashed@example.com","password_hash":"$2b$14$aaaaaaaaaaaaaaaaaaaaaa"},
             {"email":"both@example.com","password_hash":"HASH","custom_password_hash":{"algorithm":"md5"}},
             {"email":"odd@example.com","mfa_factors":[{"totp":{"secret":"canary-totp"}}],"passwordHash":"canary-hash"},
             {"name":"No name to sign in by"},17]
            """;
        var file = File.Replace("HASH", Bcrypt, StringComparison.Ordinal);

        var refused = await ImportedAsync(file, ("upsert", "false"), ("external_id", "night of the 3rd"));
        var errors = await api.GetAsync($"jobs/{refused.Text("id")}/errors");
        var updated = await ImportedAsync(file, ("upsert", "true"));

        Assert.Equal(("night of the 3rd", (1, 0, 7)), (refused.Text("external_id"), Summary(refused)));
        Assert.Equal(
            ["DUPLICATED_USER", "NOT_PASSED", "NOT_PASSED", "NOT_PASSED", "NOT_PASSED", "NOT_PASSED", "NOT_PASSED"],
            errors.List.Select(one => one!["errors"]![0]!["code"]!.GetValue<string>()));
        Assert.Equal("known@example.com", errors.List[0]!["user"]!["email"]!.GetValue<string>());
        Assert.Equal("username", errors.List[1]!["errors"]![0]!["path"]!.GetValue<string>());
        Assert.All(
            ["$2b$", "canary-totp", "canary-hash"],
            secret => Assert.DoesNotContain(secret, errors.Json!.ToJsonString(), StringComparison.Ordinal));
        Assert.Equal((0, 2, 6), Summary(updated));
        var user = await api.GetAsync("users/" + id);
        Assert.Equal(("New Name", """{"c":3}"""), (user.Text("name"), user["user_metadata"]!.ToJsonString()));
        Assert.DoesNotContain('$', await HashOfAsync("known@example.com"));
        Assert.Equal("gold", (await api.GetAsync("users/auth0%7Cfrom-elsewhere"))["app_metadata"]!["plan"]!.ToString());

        // A user without a hash gets in by setting a password, and until then the next file may bring one.
        var signIn = await SignInAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await signIn("nobody@example.com", PasswordCredential.NoPassword));
        var completed = await ImportedAsync(
            $$"""[{"email":"nobody@example.com","password_hash":"{{Bcrypt}}"}]""", ("upsert", "true"));
        Assert.Equal(204, (await api.GetAsync($"jobs/{completed.Text("id")}/errors")).Status);
        Assert.Equal(HttpStatusCode.OK, await signIn("nobody@example.com", "the old bcrypt password"));
    }

    [Fact]
    public async Task A_file_verifies_only_the_address_that_it_names()
    {
        var connection = await api.PostAsync("connections", """
            {"name":"flexible","strategy":"auth0","options":{"attributes":{
            "email":{"identifier":{"active":true}},"username":{"identifier":{"active":true}}}}}
            """);
        var user = await api.PostAsync("users", """
            {"connection":"flexible","email":"first@corp.example","username":"bob","password":"a long enough one"}
            """);
        foreach (var (email, verified) in new[] { ("bob@x.example", false), ("First@corp.example", true) })
        {
            var job = await ImportedAsync(
                $$"""[{"username":"bob","email":"{{email}}","email_verified":true}]""",
                ("connection_id", connection.Text("id")),
                ("upsert", "true"));

            Assert.Equal((0, 1, 0), Summary(job));
            var updated = await api.GetAsync("users/" + user.Text("user_id"));
            Assert.Equal(
                ("first@corp.example", verified),
                (updated.Text("email"), updated["email_verified"]!.GetValue<bool>()));
        }
    }

    [Theory]
    [InlineData(400, "Expected one file, users", null)]
    [InlineData(400, "Failed to parse users file JSON", "[{")]
    [InlineData(400, "Failed to parse users file JSON", "{\"email\":\"one@example.com\"}")]
    [InlineData(400, "Failed to parse users file JSON", "[{\"email\":\"\\ud800\"}]")]
    [InlineData(400, "Expected type boolean", "[]", "upsert", "perhaps")]
    [InlineData(400, "Only false is supported", "[]", "send_completion_email", "true")]
    [InlineData(400, "Additional properties not allowed: color", "[]", "color", "red")]
    [InlineData(400, "Missing required property: connection_id", "[]", "connection_id", "")]
    [InlineData(404, "connection", "[]", "connection_id", "con_0000000000000000")]
    public async Task An_import_that_is_no_import_is_refused(
        int status, string because, string? file, string? field = null, string? value = null)
    {
        var answer = await PostAsync(file, field is null ? [] : [(field, value!)]);

        Assert.Equal(status, answer.Status);
        Assert.Contains(because, answer.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_import_is_limited_in_size_number_and_scope()
    {
        Assert.Equal(413, (await PostAsync($"[\"{new string('a', 500 * 1024)}\"]")).Status);
        Assert.Equal(400, (await PostAsync("[]", ("external_id", new string('a', 257)))).Status);
        Assert.Equal(415, (await api.PostAsync("jobs/users-imports")).Status);
        Assert.Equal(403, (await api.WithScopesAsync("create:users", _ => PostAsync("[]", ("upsert", "true")))).Status);
        Assert.Equal(404, (await api.GetAsync("jobs/job_0000000000000000/errors")).Status);
        var provider = await api.PostAsync("connections", """{"name":"a-provider","strategy":"github"}""");
        Assert.Equal(400, (await PostAsync("[]", ("connection_id", provider.Text("id")))).Status);

        await AddJobAsync("job_00000000000000b1", Server.Time.GetUtcNow().AddHours(1), content: null);
        await AddJobAsync("job_00000000000000b2", Server.Time.GetUtcNow().AddHours(1), content: null);
        var third = await PostAsync("[]");
        await Server.WithAsync<AuthDbContext, int>(db =>
            db.UserJobs.Where(j => j.Status == JobStatuses.Pending).ExecuteDeleteAsync());

        Assert.Equal(429, third.Status);
    }

    [Fact]
    public async Task A_job_whose_file_is_damaged_fails_and_its_file_is_deleted()
    {
        await AddJobAsync("job_0000000000damage", Server.Time.GetUtcNow(), content: [1, 2, 3]);

        var job = await EndedAsync("job_0000000000damage");

        Assert.Equal("failed", job.Text("status"));
        Assert.Null(await Server.WithAsync<AuthDbContext, byte[]?>(db =>
            db.UserJobs.Where(j => j.Id == "job_0000000000damage").Select(j => j.ContentSealed).SingleAsync()));
    }

    [Fact]
    public async Task A_file_changes_no_user_who_may_do_more_than_the_caller()
    {
        const string File = $$"""[{"email":"{{TestServer.AdminEmail}}","name":"Mallory"}]""";

        var job = await api.WithScopesAsync(
            "create:users update:users", _ => ImportedAsync(File, ("upsert", "true")));

        var errors = await api.GetAsync($"jobs/{job.Text("id")}/errors");
        Assert.Equal((0, 0, 1), Summary(job));
        Assert.Equal("CONFLICT", errors.List.Single()!["errors"]![0]!["code"]!.GetValue<string>());
        Assert.NotEqual("Mallory", (await Server.AdministratorAsync()).Name);
    }

    [Fact]
    public async Task An_export_is_downloaded_as_json_or_csv_by_a_link_that_is_over_after_a_minute()
    {
        await api.NewUserAsync("export@example.com", """
            "name":"=cmd|' /C calc'!A0","user_metadata":{"plan":"a \"b\", c"},"phone_number":"+4930123456"
            """);
        const string Fields = """
            [{"name":"email"},{"name":"name"},{"name":"user_metadata.plan","export_as":"plan"},
             {"name":"identities[0].connection"},{"name":"phone_number"},{"name":"picture"}]
            """;

        var csv = await LocationAsync($$"""{"format":"csv","fields":{{Fields}}}""");
        var json = await LocationAsync($$"""{"connection_id":"{{await DatabaseAsync()}}"}""");
        var limited = await LocationAsync("""{"format":"json","limit":1,"fields":[{"name":"user_id"}]}""");

        var rows = (await DownloadAsync(csv)).Split("\r\n");
        Assert.Equal("\"email\",\"name\",\"plan\",\"identities[0].connection\",\"phone_number\",\"picture\"", rows[0]);
        Assert.Contains(
            "\"export@example.com\",\"'=cmd|' /C calc'!A0\",\"a \"\"b\"\", c\",\"Username-Password-Authentication\","
                + "\"+4930123456\",\"\"",
            rows);
        var lines = (await DownloadAsync(json)).TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!);
        Assert.Contains(lines, user => user["email"]?.ToString() == "export@example.com");
        Assert.Matches("^{\"user_id\":\"[^\"]+\"}\n$", await DownloadAsync(limited));
        Assert.DoesNotContain(csv.Query[5..], Server.Log.ToString(), StringComparison.Ordinal);

        var id = await Server.WithAsync<AuthDbContext, string>(db =>
            db.UserJobs.Where(j => j.Type == UserJob.Export).Select(j => j.Id).FirstAsync());
        var withoutReading = await api.WithScopesAsync("create:users", a => a.GetAsync("jobs/" + id));
        Assert.Equal((200, null), (withoutReading.Status, withoutReading["location"]));

        using var http = Server.NewHttp();
        using var forged = await http.GetAsync(csv + "A");
        Server.Time.Advance(TimeSpan.FromSeconds(61));
        using var late = await http.GetAsync(csv);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (forged.StatusCode, late.StatusCode));
    }

    [Theory]
    [InlineData(400, """{"format":"xml"}""")]
    [InlineData(400, """{"limit":0}""")]
    [InlineData(400, """{"fields":[{"export_as":"x"}]}""")]
    [InlineData(400, """{"fields":["email"]}""")]
    [InlineData(400, """{"fields":{"name":"email"}}""")]
    [InlineData(400, """{"color":"red"}""")]
    [InlineData(404, """{"connection_id":"con_0000000000000000"}""")]
    public async Task An_export_that_is_none_is_refused(int status, string body) =>
        Assert.Equal(status, (await api.PostAsync("jobs/users-exports", body)).Status);

    private static string Custom(string algorithm, string hash, string hashMembers = "", string more = "") =>
        $$$"""
        "custom_password_hash":{"algorithm":"{{{algorithm}}}","hash":{"value":"{{{hash}}}"{{{hashMembers}}}}{{{more}}}}
        """;

    private static (int Inserted, int Updated, int Failed) Summary(ManagementAnswer job)
    {
        Assert.Equal("completed", job.Text("status"));
        return (Count("inserted"), Count("updated"), Count("failed"));

        int Count(string name) => job["summary"]![name]!.GetValue<int>();
    }

    private async Task<Func<string, string, Task<HttpStatusCode>>> SignInAsync()
    {
        await Server.ChangeSettingsAsync(settings => settings.DefaultDirectory = Connection.DefaultDatabase);
        var client = await Server.AddClientAsync(c => c.GrantTypes = ["password"]);
        return async (email, password) => (await new OAuth(Server).TokenAsync(
            client, ("grant_type", "password"), ("username", email), ("password", password))).Status;
    }

    private async Task<ManagementAnswer> ImportedAsync(string file, params (string Name, string Value)[] fields)
    {
        var job = await PostAsync(file, fields);
        Assert.Equal((202, "users_import", "pending"), (job.Status, job.Text("type"), job.Text("status")));
        return await EndedAsync(job.Text("id"));
    }

    private Task<ManagementAnswer> EndedAsync(string id) => Eventually.FindAsync(
        async () => await api.GetAsync("jobs/" + id) is var job && job.Text("status") != "pending" ? job : null,
        "The job does not end.");

    private async Task<ManagementAnswer> PostAsync(string? file, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        if (file is not null)
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "users", "users.json");
        if (!fields.Any(field => field.Name == "connection_id"))
            form.Add(new StringContent(await DatabaseAsync()), "connection_id");
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v2/jobs/users-imports");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await api.TokenAsync());
        request.Content = form;
        return await api.SendAsync(request);
    }

    private async Task<Uri> LocationAsync(string body)
    {
        var job = await api.PostAsync("jobs/users-exports", body);
        Assert.Equal((200, "users_export"), (job.Status, job.Text("type")));
        return new Uri((await EndedAsync(job.Text("id"))).Text("location"));
    }

    private async Task<string> DownloadAsync(Uri location)
    {
        using var http = Server.NewHttp();
        using var answer = await http.GetAsync(location);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        await using var gzip = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private Task<string> DatabaseAsync() => Server.WithAsync<AuthDbContext, string>(db =>
        db.Connections.Where(c => c.Name == Connection.DefaultDatabase).Select(c => c.Id).SingleAsync());

    private Task<string> HashOfAsync(string email) => Server.WithAsync<AuthDbContext, string>(db =>
        db.PasswordCredentials.Where(c => c.NormalizedEmail == email).Select(c => c.PasswordHash).SingleAsync());

    private async Task AddJobAsync(string id, DateTimeOffset claimedUntil, byte[]? content) =>
        await Server.WithAsync<AuthDbContext, int>(db =>
        {
            db.Add(new UserJob
            {
                Id = id,
                Type = UserJob.Import,
                Status = JobStatuses.Pending,
                ClientId = api.Caller,
                Scope = Core.Scopes.Of(["create:users"]),
                ContentSealed = content,
                ClaimedUntil = claimedUntil,
                CreatedAt = Server.Time.GetUtcNow(),
            });
            return db.SaveChangesAsync();
        });
}
