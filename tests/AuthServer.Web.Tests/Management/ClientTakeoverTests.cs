using System.Text.Json.Nodes;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>
/// ASVS 8.2.1: no caller changes how a client authenticates while that client has scopes of the Management API that the
/// caller lacks.
/// </summary>
public sealed class ClientTakeoverTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    private const string Refusal = "The client has scopes of the Management API that your token lacks";

    /// <summary>Everything but what makes the client stronger.</summary>
    private const string WeakerScopes =
        "update:clients update:client_keys create:client_credentials update:client_credentials"
        + " delete:client_credentials";

    [Theory]
    [InlineData("""{"token_endpoint_auth_method":"client_secret_basic"}""")]
    [InlineData("""{"token_endpoint_auth_method":"private_key_jwt"}""")]
    [InlineData("""{"token_endpoint_auth_method":"none"}""")]
    [InlineData("""{"token_endpoint_auth_method":"none","grant_types":[]}""")]
    [InlineData("""{"token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[{key}]}}""")]
    [InlineData("""{"jwks":{"keys":[{key}]}}""")]
    [InlineData("""{"jwks_uri":"https://evil.example/jwks"}""")]
    [InlineData("""{"client_secret":"0123456789012345678901234567890123456789"}""")]
    [InlineData("""{"client_secret":null}""")]
    [InlineData("""{"client_authentication_methods":{"private_key_jwt":{"credentials":[{"id":"{credential}"}]}}}""")]
    [InlineData("""{"client_authentication_methods":{"private_key_jwt":{"credentials":[{"pem":"x"}]}}}""")]
    [InlineData("""{"signed_request_object":{"required":true,"credentials":[{"id":"{credential}"}]}}""")]
    [InlineData("""{"signed_request_object":{"required":true}}""")]
    public async Task A_patch_that_changes_how_a_stronger_client_authenticates_is_rejected(string patch)
    {
        var (client, credential) = await StrongerAsync();
        using var key = new JwtSigner();
        var before = (await api.GetAsync($"clients/{client}")).Json!.ToJsonString();
        patch = Fill(Fill(patch, "{key}", key.Jwk), "{credential}", credential);

        var answer = await api.WithScopesAsync(WeakerScopes, a => a.PatchAsync($"clients/{client}", patch));

        Assert.Equal((403, Refusal), (answer.Status, answer.Message));
        Assert.Equal("operation_not_supported", answer.Text("errorCode"));
        Assert.Equal(before, (await api.GetAsync($"clients/{client}")).Json!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"token_endpoint_auth_method":"client_secret_post"}""")]
    [InlineData("""{"client_authentication_methods":null}""")]
    [InlineData("""{"client_authentication_methods":{"private_key_jwt":{"credentials":[]}}}""")]
    [InlineData("""{"jwks":null}""")]
    [InlineData("""{"jwks":{"keys":[]}}""")]
    [InlineData("""{"signed_request_object":null}""")]
    public async Task A_patch_that_takes_the_keys_of_a_stronger_client_is_rejected(string patch)
    {
        var (client, credential) = await StrongerAsync();
        using var key = new JwtSigner();
        var keys = $$$"""
            {
              "token_endpoint_auth_method":"private_key_jwt",
              "jwks":{"keys":[{{{key.Jwk}}}]},
              "signed_request_object":{"required":true,"credentials":[{"id":"{{{credential}}}"}]}
            }
            """;
        Assert.Equal(200, (await api.PatchAsync($"clients/{client}", keys)).Status);

        var answer = await api.WithScopesAsync(WeakerScopes, a => a.PatchAsync($"clients/{client}", patch));

        Assert.Equal((403, Refusal), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData("POST", "rotate-secret", "{}")]
    [InlineData("POST", "credentials", """{"credential_type":"public_key","alg":"ES256","pem":"{pem}"}""")]
    [InlineData("PATCH", "credentials/{credential}", """{"expires_at":"2031-01-01T00:00:00.000Z"}""")]
    [InlineData("DELETE", "credentials/{credential}", null)]
    public async Task A_change_to_the_credentials_of_a_stronger_client_is_rejected(
        string method, string path, string? body)
    {
        var (client, credential) = await StrongerAsync();
        using var key = new JwtSigner();
        path = $"clients/{client}/" + Fill(path, "{credential}", credential);
        body = body is null ? null : Fill(body, "{pem}", Pem(key));

        var answer = await api.WithScopesAsync(WeakerScopes, a => a.SendAsync(new HttpMethod(method), path, body));

        Assert.Equal((403, Refusal), (answer.Status, answer.Message));
        var credentials = (await api.GetAsync($"clients/{client}/credentials")).List;
        Assert.Equal(credential, (string?)Assert.Single(credentials)!["id"]);
    }

    [Fact]
    public async Task Other_members_of_a_stronger_client_may_be_changed_beside_its_unchanged_authentication()
    {
        var (client, _) = await StrongerAsync();
        const string patch = """
            {"name":"Renamed","token_endpoint_auth_method":"client_secret_post","jwks":null}
            """;

        var answer = await api.WithScopesAsync(WeakerScopes, a => a.PatchAsync($"clients/{client}", patch));

        Assert.Equal((200, "Renamed"), (answer.Status, answer.Text("name")));
    }

    [Fact]
    public async Task A_caller_with_every_scope_of_the_client_may_change_how_it_authenticates()
    {
        var (client, _) = await StrongerAsync();
        using var key = new JwtSigner();

        var patch = $$$"""{"token_endpoint_auth_method":"private_key_jwt","jwks":{"keys":[{{{key.Jwk}}}]}}""";
        var answer = await api.WithScopesAsync(
            WeakerScopes + " read:users", a => a.PatchAsync($"clients/{client}", patch));

        Assert.Equal((200, "private_key_jwt"), (answer.Status, answer.Text("token_endpoint_auth_method")));
    }

    [Fact]
    public async Task The_method_of_a_client_without_Management_API_scopes_may_be_changed()
    {
        var client = await api.NewClientAsync();

        foreach (var method in (string[])["none", "client_secret_post"])
        {
            var patch = $$"""{"token_endpoint_auth_method":"{{method}}"}""";
            var answer = await api.WithScopesAsync("update:clients", a => a.PatchAsync($"clients/{client}", patch));

            Assert.Equal((200, method), (answer.Status, answer.Text("token_endpoint_auth_method")));
        }
    }

    [Theory]
    [InlineData("""{"jwks":{"keys":[{key}]}}""")]
    [InlineData("""{"jwks_uri":"https://app.example/jwks"}""")]
    [InlineData("""{"client_secret":"0123456789012345678901234567890123456789"}""")]
    public async Task New_keys_of_any_client_need_the_scope_for_keys(string patch)
    {
        var client = await api.NewClientAsync();
        using var key = new JwtSigner();
        patch = Fill(patch, "{key}", key.Jwk);

        var without = await api.WithScopesAsync("update:clients", a => a.PatchAsync($"clients/{client}", patch));
        var with = await api.WithScopesAsync(
            "update:clients update:client_keys", a => a.PatchAsync($"clients/{client}", patch));

        Assert.Equal((403, "insufficient_scope", 200), (without.Status, without.Text("errorCode"), with.Status));
    }

    [Fact]
    public async Task A_client_that_a_caller_takes_over_gets_no_scopes_that_the_caller_lacks()
    {
        var client = await api.NewClientAsync();

        var refused = await GrantAsync("read:users");
        var accepted = await GrantAsync("update:clients");

        Assert.Equal((403, "operation_not_supported"), (refused.Status, refused.Text("errorCode")));
        Assert.Equal(201, accepted.Status);

        Task<ManagementAnswer> GrantAsync(string scope)
        {
            var grant = new JsonObject
            {
                ["client_id"] = client,
                ["audience"] = api.Server.Issuer.Value + "api/v2/",
                ["scope"] = new JsonArray(scope),
            };
            return api.WithScopesAsync(
                WeakerScopes + " create:client_grants", a => a.PostAsync("client-grants", grant.ToJsonString()));
        }
    }

    /// <summary>A client with a scope that <see cref="WeakerScopes"/> lack, and with a key of its own.</summary>
    private async Task<(string ClientId, string CredentialId)> StrongerAsync()
    {
        using var key = new JwtSigner();
        var client = await api.NewClientAsync(""" "grant_types":["client_credentials"] """);
        await api.Server.AddClientGrantAsync(client, "/api/v2/", "update:clients read:users");
        var credential = await api.PostAsync(
            $"clients/{client}/credentials",
            $$"""{"credential_type":"public_key","alg":"ES256","pem":"{{Pem(key)}}"}""");
        return (client, credential.Text("id"));
    }

    private static string Fill(string text, string name, string value) =>
        text.Replace(name, value, StringComparison.Ordinal);

    private static string Pem(JwtSigner key) => Fill(key.PublicPem, "\n", "\\n");
}
