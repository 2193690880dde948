using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>ASVS 9.2.4: APIs, and what clients were granted for them.</summary>
public sealed class ApiTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Fact]
    public async Task A_new_API_has_the_defaults()
    {
        var answer = await NewAsync("https://defaults.example");

        Assert.Equal(
            (201, 24, false), (answer.Status, answer.Text("id").Length, answer["is_system"]!.GetValue<bool>()));
        Assert.Equal(
            ("RS256", "access_token", 86_400),
            (answer.Text("signing_alg"), answer.Text("token_dialect"), answer["token_lifetime"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Its_tokens_are_signed_as_it_says_from_then_on()
    {
        var id = (await NewAsync("https://elliptic.example")).Text("id");
        var changed = await api.PatchAsync($"resource-servers/{id}", """{"signing_alg":"ES256"}""");
        var machine = await api.Server.AddClientAsync(client => client.GrantTypes = ["client_credentials"]);
        await api.Server.AddClientGrantAsync(machine.ClientId, "https://elliptic.example", "");
        var token = (
            await new OAuth(api.Server).TokenAsync(
                machine,
                ("grant_type", "client_credentials"),
                ("audience", "https://elliptic.example")))["access_token"];

        Assert.Equal("ES256", changed.Text("signing_alg"));
        Assert.Equal("ES256", OAuth.HeaderOf(token).GetProperty("alg").GetString());
    }

    [Fact]
    public async Task An_API_is_found_by_its_encoded_identifier()
    {
        await NewAsync("https://encoded.example/v1/things");

        Assert.Equal(200, (await api.GetAsync("resource-servers/https%3A%2F%2Fencoded.example%2Fv1%2Fthings")).Status);
    }

    [Fact]
    public async Task The_list_is_narrowed_by_identifiers()
    {
        await NewAsync("https://narrow.example");

        Assert.Single((await api.GetAsync("resource-servers?identifiers=https://narrow.example")).List);
    }

    [Fact]
    public async Task The_system_API_follows_the_issuer_and_can_not_be_deleted_or_changed()
    {
        var id = Uri.EscapeDataString(api.Server.Issuer.Value + "api/v2/");
        var system = await api.GetAsync($"resource-servers/{id}");

        Assert.Equal(
            (true, api.Server.Issuer.Value + "api/v2/"),
            (system["is_system"]!.GetValue<bool>(), system.Text("identifier")));
        Assert.Equal(403, (await api.DeleteAsync($"resource-servers/{id}")).Status);
        Assert.Equal(403, (await api.PatchAsync($"resource-servers/{id}", """{"scopes":[]}""")).Status);
        Assert.Equal(200, (await api.PatchAsync($"resource-servers/{id}", """{"token_lifetime":3600}""")).Status);
    }

    [Theory]
    [InlineData("{issuer}")]
    [InlineData("{issuer}userinfo")]
    [InlineData("{issuer}userinfo/")]
    [InlineData("{issuer}api/v2/")]
    [InlineData("{issuer}api/v2")]
    [InlineData("{issuer}API/v2/")]
    [InlineData("/api/v2/")]
    [InlineData("")]
    [InlineData("has space")]
    [InlineData("https://twin.example/")]
    [InlineData("https://TWIN.example")]
    public async Task An_identifier_that_could_be_taken_for_another_is_refused(string identifier)
    {
        await NewAsync("https://twin.example");

        Assert.Equal(
            400,
            (await NewAsync(identifier.Replace("{issuer}", api.Server.Issuer.Value, StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task The_same_identifier_again_is_409()
    {
        await NewAsync("https://same.example");

        Assert.Equal(409, (await NewAsync("https://same.example")).Status);
    }

    [Fact]
    public async Task A_member_that_is_not_sent_stays_and_null_resets_it()
    {
        var id = (
            await NewAsync(
                "https://patch.example",
                """, "token_lifetime":60,"scopes":[{"value":"read:a","description":"A"}]"""
            )
        ).Text("id");
        var stays = await api.PatchAsync($"resource-servers/{id}", """{"name":"Named"}""");
        var reset = await api.PatchAsync($"resource-servers/{id}", """{"token_lifetime":null,"scopes":null}""");

        Assert.Equal((60, "Named"), (stays["token_lifetime"]!.GetValue<int>(), stays.Text("name")));
        Assert.Equal((86_400, 0), (reset["token_lifetime"]!.GetValue<int>(), reset["scopes"]!.AsArray().Count));
    }

    [Theory]
    [InlineData("""{"identifier":"https://other.example"}""")]
    [InlineData("""{"other":1}""")]
    [InlineData("""{"signing_alg":"HS256"}""")]
    [InlineData("""{"token_dialect":"other"}""")]
    [InlineData("""{"token_lifetime":0}""")]
    [InlineData("""{"scopes":[{"value":"a b"}]}""")]
    [InlineData("""{"scopes":[{"value":"a"},{"value":"a"}]}""")]
    [InlineData("""{"scopes":["a"]}""")]
    public async Task A_change_that_does_not_fit_is_400(string body)
    {
        var id = (await NewAsync("https://unfit.example")) is { Status: 201 } made
            ? made.Text("id")
            : "https%3A%2F%2Funfit.example";

        Assert.Equal(400, (await api.PatchAsync($"resource-servers/{id}", body)).Status);
    }

    [Fact]
    public async Task A_grant_is_made_changed_and_deleted()
    {
        await NewAsync("https://granted.example", """, "scopes":[{"value":"read:a"},{"value":"read:b"}]""");
        var client = await api.NewClientAsync();
        var made = await GrantAsync(client, "https://granted.example", "read:a");
        var path = $"client-grants/{made.Text("id")}";

        Assert.Equal((201, 409), (made.Status, (await GrantAsync(client, "https://granted.example", "read:a")).Status));
        Assert.Equal(
            """["read:b"]""", (await api.PatchAsync(path, """{"scope":["read:b"]}"""))["scope"]!.ToJsonString());
        Assert.Equal(
            """["read:b"]""", (await api.PatchAsync(path, """{"organization_usage":null}"""))["scope"]!.ToJsonString());
        Assert.Equal("[]", (await api.PatchAsync(path, """{"scope":null}"""))["scope"]!.ToJsonString());
        Assert.Equal(400, (await api.PatchAsync(path, """{"audience":"https://other.example"}""")).Status);
        Assert.Equal((204, 404), ((await api.DeleteAsync(path)).Status, (await api.GetAsync(path)).Status));
    }

    [Fact]
    public async Task Nothing_is_issued_for_a_granted_scope_until_the_API_defines_it()
    {
        var made = await NewAsync("https://undefined.example", """, "scopes":[{"value":"read:a"}]""");
        var client = await api.PostAsync("clients", """{"name":"Job","app_type":"non_interactive"}""");
        var grant = await api.PostAsync(
            "client-grants",
            $$"""
            {"client_id":"{{client.Text("client_id")}}","audience":"https://undefined.example",
             "scope":["read:a","read:x"]}
            """);

        Assert.Equal((201, """["read:a","read:x"]"""), (grant.Status, grant["scope"]!.ToJsonString()));
        Assert.Equal("read:a", await ScopeAsync());
        await api.PatchAsync(
            $"resource-servers/{made.Text("id")}", """{"scopes":[{"value":"read:a"},{"value":"read:x"}]}""");
        Assert.Equal("read:a read:x", await ScopeAsync());

        async Task<string?> ScopeAsync() => (await new OAuth(api.Server).PostAsync(
            "/oauth/token",
            ("grant_type", "client_credentials"),
            ("client_id", client.Text("client_id")),
            ("client_secret", client.Text("client_secret")),
            ("audience", "https://undefined.example")))["scope"];
    }

    [Fact]
    public async Task A_grant_of_this_API_has_its_own_scopes_only()
    {
        var client = await api.NewClientAsync();

        Assert.Equal(400, (await GrantAsync(client, api.Server.Issuer.Value + "api/v2/", "read:nothing")).Status);
        Assert.Equal(201, (await GrantAsync(client, api.Server.Issuer.Value + "api/v2/", "read:users")).Status);
    }

    [Fact]
    public async Task A_new_API_asks_for_consent_unless_it_says_otherwise()
    {
        const string member = "skip_consent_for_verifiable_first_party_clients";
        var asking = await NewAsync("https://asking.example");
        var skipping = await NewAsync("https://skipping.example", $$""", "{{member}}":true""");

        Assert.Equal((false, true), (asking[member]!.GetValue<bool>(), skipping[member]!.GetValue<bool>()));
    }

    [Fact]
    public async Task A_grant_needs_a_client_and_an_API_that_exist()
    {
        Assert.Equal("inexistent_client", (await GrantAsync("nobody", "https://x.example", "a")).Text("errorCode"));
        Assert.Equal(
            "inexistent_resource_server",
            (await GrantAsync(TestServer.ClientId, "https://nothing.example", "a")).Text("errorCode"));
    }

    [Fact]
    public async Task A_caller_can_not_grant_a_scope_of_this_API_that_it_lacks()
    {
        var client = await api.NewClientAsync();
        var management = api.Server.Issuer.Value + "api/v2/";

        Assert.Equal(
            403,
            (await api.WithScopesAsync("create:client_grants", a => GrantAsync(client, management, "read:users"))
            ).Status);
        Assert.Equal(
            201,
            (await api.WithScopesAsync(
                    "create:client_grants read:users", a => GrantAsync(client, management, "read:users"))).Status);
    }

    [Theory]
    [InlineData("""{"scope":["read:users","delete:users"]}""")]
    [InlineData("""{"allow_all_scopes":true}""")]
    public async Task A_caller_can_not_widen_a_grant_of_this_API_beyond_its_own(string body)
    {
        var made = await GrantAsync(await api.NewClientAsync(), api.Server.Issuer.Value + "api/v2/", "read:users");

        Assert.Equal(
            403,
            (await api.WithScopesAsync(
                    "update:client_grants read:users",
                    a => a.PatchAsync($"client-grants/{made.Text("id")}", body))).Status);
    }

    [Fact]
    public async Task A_deleted_API_takes_its_grants_along()
    {
        var id = (await NewAsync("https://leaving.example", """, "scopes":[{"value":"a"}]""")).Text("id");
        await GrantAsync(await api.NewClientAsync(), "https://leaving.example", "a");
        await api.DeleteAsync($"resource-servers/{id}");

        Assert.Empty(
            (await api.GetAsync("client-grants?audience=https://leaving.example&take=50"))["client_grants"]!.AsArray());
    }

    private Task<ManagementAnswer> NewAsync(string identifier, string members = "") =>
        api.PostAsync("resource-servers", $$"""{"identifier":"{{identifier}}"{{members}}}""");

    private Task<ManagementAnswer> GrantAsync(string client, string audience, string scope) =>
        api.PostAsync(
            "client-grants",
            $$"""{"client_id":"{{client}}","audience":"{{audience}}","scope":["{{scope}}"]}"""
        );
}
