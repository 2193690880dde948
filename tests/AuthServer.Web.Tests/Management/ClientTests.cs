using System.Security.Cryptography;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>Applications in the Management API.</summary>
public sealed class ClientTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Fact]
    public async Task A_new_client_has_the_defaults_of_a_confidential_one()
    {
        var client = await api.PostAsync("clients", """{"name":"Web"}""");

        Assert.Equal(
            (201, 32, 64), (client.Status, client.Text("client_id").Length, client.Text("client_secret").Length));
        Assert.Equal("""["authorization_code","refresh_token"]""", client["grant_types"]!.ToJsonString());
        Assert.Equal(
            ("client_secret_post", "non-rotating", "RS256"),
            (
                client.Text("token_endpoint_auth_method"),
                client["refresh_token"]!["rotation_type"]!.GetValue<string>(),
                client["jwt_configuration"]!["alg"]!.GetValue<string>()));
        Assert.Equal(
            """{"global":false,"callback_url_template":false,"client_aliases":[],"sso_disabled":false}""",
            Of(client, "global", "callback_url_template", "client_aliases", "sso_disabled"));
    }

    [Theory]
    [InlineData("spa", "none", """["authorization_code","refresh_token"]""", "rotating")]
    [InlineData("native", "none", """["authorization_code","refresh_token"]""", "rotating")]
    [InlineData("regular_web", "client_secret_post", """["authorization_code","refresh_token"]""", "non-rotating")]
    [InlineData("non_interactive", "client_secret_post", """["client_credentials"]""", "non-rotating")]
    public async Task The_defaults_follow_the_kind_of_application(
        string type, string method, string grants, string rotation)
    {
        var client = await api.PostAsync("clients", $$"""{"name":"App","app_type":"{{type}}"}""");

        Assert.Equal(
            (method, grants, rotation),
            (
                client.Text("token_endpoint_auth_method"),
                client["grant_types"]!.ToJsonString(),
                client["refresh_token"]!["rotation_type"]!.GetValue<string>()));
        Assert.Equal(method == "none", client["client_secret"] is null);
    }

    [Fact]
    public async Task A_new_client_may_use_every_connection()
    {
        var id = await api.NewClientAsync();

        Assert.NotEmpty((await api.GetAsync($"clients/{id}/connections"))["connections"]!.AsArray());
    }

    [Fact]
    public async Task A_secret_is_shown_only_to_callers_who_may_read_keys()
    {
        var id = await api.NewClientAsync();
        var without = await api.WithScopesAsync("read:clients", a => a.GetAsync($"clients/{id}"));
        var with = await api.WithScopesAsync("read:clients read:client_keys", a => a.GetAsync($"clients/{id}"));

        Assert.Null(without["client_secret"]);
        Assert.Null(without["signing_keys"]);
        Assert.Equal(64, with.Text("client_secret").Length);
        Assert.NotNull(with["signing_keys"]);
    }

    [Fact]
    public async Task The_secret_of_a_client_with_more_permissions_is_never_shown()
    {
        var list = await api.WithScopesAsync("read:clients read:client_keys", a => a.GetAsync("clients?per_page=100"));

        Assert.Null(
            list.List.Single(c => c!["client_id"]!.GetValue<string>() == TestServer.ClientId)!["client_secret"]);
    }

    [Fact]
    public async Task A_rotation_makes_another_secret()
    {
        var id = await api.NewClientAsync();
        var before = (await api.GetAsync($"clients/{id}")).Text("client_secret");
        var answer = await api.PostAsync($"clients/{id}/rotate-secret");

        Assert.False(before == answer.Text("client_secret"));
        Assert.Equal(answer.Text("client_secret"), (await api.GetAsync($"clients/{id}")).Text("client_secret"));
    }

    [Theory]
    [InlineData("rotate-secret", null)]
    [InlineData("", """{"client_secret":"0123456789012345678901234567890123456789"}""")]
    public async Task The_secret_of_a_client_that_may_do_more_can_not_be_replaced(string path, string? patch)
    {
        var answer = await api.WithScopesAsync(
            "update:clients update:client_keys",
            a =>
                patch is null
                    ? a.PostAsync($"clients/{TestServer.ClientId}/{path}")
                    : a.PatchAsync($"clients/{TestServer.ClientId}", patch));

        Assert.Equal(403, answer.Status);
    }

    [Fact]
    public async Task A_secret_of_ones_own_needs_32_characters()
    {
        Assert.Equal(400, (await api.PostAsync("clients", """{"name":"App","client_secret":"too short"}""")).Status);
        Assert.Equal(
            "0123456789abcdef0123456789abcdef",
            (await api.PostAsync("clients", """{"name":"App","client_secret":"0123456789abcdef0123456789abcdef"}""")
            ).Text("client_secret"));
    }

    [Fact]
    public async Task A_client_that_becomes_public_keeps_its_secret_for_later()
    {
        var id = await api.NewClientAsync();
        var secret = (await api.GetAsync($"clients/{id}")).Text("client_secret");
        var hidden = await api.PatchAsync($"clients/{id}", """{"token_endpoint_auth_method":"none"}""");
        var again = await api.PatchAsync($"clients/{id}", """{"token_endpoint_auth_method":"client_secret_basic"}""");

        Assert.Equal((secret, secret), (hidden.Text("client_secret"), again.Text("client_secret")));
    }

    [Theory]
    [InlineData("native")]
    [InlineData("spa")]
    public async Task A_rotation_gives_a_client_without_a_secret_one_that_it_keeps(string appType)
    {
        var id = await api.NewClientAsync($"\"app_type\":\"{appType}\"");
        var rotated = await api.PostAsync($"clients/{id}/rotate-secret");
        var renamed = await api.PatchAsync($"clients/{id}", """{"name":"Renamed"}""");
        var confidential = await api.PatchAsync(
            $"clients/{id}", """{"token_endpoint_auth_method":"client_secret_post"}""");

        var secret = rotated.Text("client_secret");
        Assert.Equal((200, 64, "none"), (rotated.Status, secret.Length, rotated.Text("token_endpoint_auth_method")));
        Assert.Equal((secret, secret), (renamed.Text("client_secret"), confidential.Text("client_secret")));
    }

    [Fact]
    public async Task A_name_may_have_more_than_100_characters()
    {
        var name = new string('n', 300);

        var made = await api.PostAsync("clients", $$"""{"name":"{{name}}"}""");

        Assert.Equal((201, name), (made.Status, made.Text("name")));
    }

    [Fact]
    public async Task A_native_client_may_have_a_scheme_without_a_period_until_the_tenant_forbids_it()
    {
        const string callbacks = "\"callbacks\":[\"myapp://callback\"]";

        Assert.Equal(201, await CreateAsync("native"));
        Assert.Equal((400, 400), (await CreateAsync("spa"), await CreateAsync("regular_web")));
        await api.PatchAsync("tenants/settings", """{"flags":{"require_reverse_domain_schemes":true}}""");
        Assert.Equal(400, await CreateAsync("native"));
        await api.PatchAsync("tenants/settings", """{"flags":{"require_reverse_domain_schemes":null}}""");
        Assert.Equal(201, await CreateAsync("native"));

        async Task<int> CreateAsync(string appType) =>
            (await api.PostAsync("clients", $$"""{"name":"App","app_type":"{{appType}}",{{callbacks}}}""")).Status;
    }

    [Fact]
    public async Task A_member_that_is_not_sent_stays_and_null_clears_it()
    {
        var id = await api.NewClientAsync(
            """
            "description":"Words","callbacks":["https://app.example/cb"],"logo_uri":"https://a.test/l",
            "client_metadata":{"a":"1","b":"2"}
            """
        );
        var stays = await api.PatchAsync($"clients/{id}", """{"name":"Other"}""");
        var cleared = await api.PatchAsync(
            $"clients/{id}",
            """{"description":null,"callbacks":null,"logo_uri":null,"client_metadata":{"a":null}}"""
        );

        Assert.Equal(
            """
            {"name":"Other","description":"Words","logo_uri":"https://a.test/l","callbacks":["https://app.example/cb"]}
            """,
            Of(stays, "name", "description", "logo_uri", "callbacks"));
        Assert.Equal(
            """{"callbacks":[],"client_metadata":{"b":"2"}}""",
            Of(cleared, "description", "logo_uri", "callbacks", "client_metadata"));
    }

    [Fact]
    public async Task Null_resets_a_nested_object()
    {
        var id = await api.NewClientAsync(""" "jwt_configuration":{"alg":"RS256","lifetime_in_seconds":60} """);
        var answer = await api.PatchAsync($"clients/{id}", """{"jwt_configuration":null}""");

        Assert.Equal(36_000, answer["jwt_configuration"]!["lifetime_in_seconds"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("client_id", "\"x\"")]
    [InlineData("tenant", "\"x\"")]
    [InlineData("signing_keys", "[]")]
    [InlineData("global", "true")]
    [InlineData("jwt_configuration", """{"other":1}""")]
    [InlineData("refresh_token", """{"other":1}""")]
    public async Task Members_that_only_the_server_sets_are_refused(string member, string value)
    {
        var answer = await api.PostAsync("clients", $$"""{"name":"App","{{member}}":{{value}}}""");

        Assert.Contains("Additional properties not allowed", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"callbacks":["http://app.example/cb"]}""")]
    [InlineData("""{"callbacks":["https://*.app.example/cb"]}""")]
    [InlineData("""{"callbacks":["javascript:alert(1)"]}""")]
    [InlineData("""{"token_endpoint_auth_method":"none","grant_types":["client_credentials"]}""")]
    [InlineData("""{"grant_types":["made_up"]}""")]
    [InlineData("""{"jwt_configuration":{"alg":"HS512"}}""")]
    [InlineData("""{"userinfo_signed_response_alg":"HS256"}""")]
    [InlineData("""{"subject_type":"secret"}""")]
    [InlineData("""{"sector_identifier_uri":"http://sector.example/x"}""")]
    [InlineData("""{"refresh_token":{"leeway":61}}""")]
    [InlineData("""{"app_type":"toaster"}""")]
    [InlineData("""{"web_origins":["https://app.example/path"]}""")]
    [InlineData("""{"token_endpoint_auth_method":"tls_client_auth"}""")]
    [InlineData("""{"name":""}""")]
    public async Task Metadata_that_the_rules_refuse_is_400_and_changes_nothing(string body)
    {
        var id = await api.NewClientAsync();
        var before = (await api.GetAsync($"clients/{id}")).Json!.ToJsonString();

        Assert.Equal(400, (await api.PatchAsync($"clients/{id}", body)).Status);
        Assert.Equal(before, (await api.GetAsync($"clients/{id}")).Json!.ToJsonString());
    }

    [Fact]
    public async Task The_forms_of_its_tokens_are_the_clients_own()
    {
        var id = await api.NewClientAsync();

        var answer = await api.PatchAsync(
            $"clients/{id}",
            """
            {"jwt_configuration":{"alg":"HS256"},"userinfo_signed_response_alg":"RS256","subject_type":"pairwise",
            "sector_identifier_uri":"https://app.example/sector"}
            """
        );

        Assert.Equal(200, answer.Status);
        Assert.Equal("HS256", (string?)answer.Json!["jwt_configuration"]!["alg"]);
        Assert.Equal(
            ("RS256", "pairwise", "https://app.example/sector"),
            (
                (string?)answer.Json["userinfo_signed_response_alg"],
                (string?)answer.Json["subject_type"],
                (string?)answer.Json["sector_identifier_uri"]));
        Assert.Equal(
            "public",
            (string?)
                (
                    await api.PatchAsync(
                        $"clients/{id}",
                        """{"subject_type":null,"userinfo_signed_response_alg":null}"""
                    )
                ).Json!["subject_type"]);
    }

    [Fact]
    public async Task A_deleted_client_is_gone()
    {
        var id = await api.NewClientAsync();

        Assert.Equal(204, (await api.DeleteAsync($"clients/{id}")).Status);
        Assert.Equal("inexistent_client", (await api.GetAsync($"clients/{id}")).Text("errorCode"));
    }

    [Fact]
    public async Task The_dashboards_own_client_is_the_global_one()
    {
        var global = await api.GetAsync("clients?is_global=true&include_totals=true");
        var others = await api.GetAsync("clients?is_global=false&include_totals=true");

        Assert.All(global["clients"]!.AsArray(), client => Assert.Equal("dashboard", client!["client_id"]!.ToString()));
        Assert.DoesNotContain(
            others["clients"]!.AsArray(), client => client!["client_id"]!.ToString() == "dashboard");
    }

    [Fact]
    public async Task A_client_can_be_made_with_a_key_of_its_own()
    {
        var client = await api.PostAsync(
            "clients",
            $$$$"""
            {"name":"App",
            "client_authentication_methods":{"private_key_jwt":{"credentials":[{"credential_type":"public_key",
            "pem":"{{{{Pem()}}}}","alg":"RS256"}]}}}
            """
        );
        var credentials = await api.GetAsync($"clients/{client.Text("client_id")}/credentials");

        Assert.Equal(("private_key_jwt", 201), (client.Text("token_endpoint_auth_method"), client.Status));
        Assert.Equal(
            credentials.List[0]!["id"]!.GetValue<string>(),
            client["client_authentication_methods"]!["private_key_jwt"]!["credentials"]![0]!["id"]!.GetValue<string>());
        Assert.Null(client["client_secret"]);
    }

    [Fact]
    public async Task A_key_can_be_added_changed_and_deleted()
    {
        var path = $"clients/{await api.NewClientAsync()}/credentials";
        var added = await api.PostAsync(
            path,
            $$"""{"credential_type":"public_key","name":"First","pem":"{{Pem()}}","kid":"k1"}"""
        );
        var changed = await api.PatchAsync(
            $"{path}/{added.Text("id")}",
            """{"expires_at":"2031-01-01T00:00:00.000Z"}"""
        );

        Assert.Equal((201, "k1", "RS256"), (added.Status, added.Text("kid"), added.Text("alg")));
        Assert.Equal("2031-01-01T00:00:00.000Z", changed.Text("expires_at"));
        Assert.Equal(
            409,
            (await api.PostAsync(path, $$"""{"credential_type":"public_key","pem":"{{Pem()}}","kid":"k1"}""")).Status);
        Assert.Equal(204, (await api.DeleteAsync($"{path}/{added.Text("id")}")).Status);
        Assert.Empty((await api.GetAsync(path)).List);
    }

    [Theory]
    [InlineData("""{"credential_type":"public_key","pem":"nonsense"}""")]
    [InlineData("""{"credential_type":"public_key"}""")]
    [InlineData("""{"credential_type":"x509_cert","pem":"nonsense"}""")]
    [InlineData("""{"credential_type":"public_key","pem":"nonsense","alg":"HS256"}""")]
    public async Task An_invalid_public_key_is_400(string body) =>
        Assert.Equal(400, (await api.PostAsync($"clients/{await api.NewClientAsync()}/credentials", body)).Status);

    [Fact]
    public async Task A_caller_can_not_add_a_key_to_a_client_with_more_permissions()
    {
        var answer = await api.WithScopesAsync(
            "create:client_credentials",
            a =>
                a.PostAsync(
                    $"clients/{TestServer.ClientId}/credentials",
                    $$"""{"credential_type":"public_key","pem":"{{Pem()}}"}"""
                ));

        Assert.Equal(403, answer.Status);
    }

    private static string Pem()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportSubjectPublicKeyInfoPem().Replace("\n", "\\n", StringComparison.Ordinal);
    }

    private static string Of(ManagementAnswer answer, params string[] members)
    {
        var json = new System.Text.Json.Nodes.JsonObject();
        foreach (var member in members.Where(member => answer[member] is not null))
            json[member] = answer[member]!.DeepClone();
        return json.ToJsonString();
    }
}
