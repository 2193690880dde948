using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>The members of clients, APIs and the tenant about bound tokens, pushed and signed requests.</summary>
public sealed class BoundTokenMemberTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Fact]
    public async Task A_clients_switches_are_off_and_can_be_set()
    {
        var id = await api.NewClientAsync();
        var fresh = await api.GetAsync("clients/" + id);
        var changed = await api.PatchAsync(
            "clients/" + id,
            """
            {"require_proof_of_possession":true,"require_pushed_authorization_requests":true,"par_request_expiry":30,
            "request_object_signing_alg":"PS256","signed_request_object":{"required":true}}
            """
        );

        Assert.Equal(
            "false false", $"{fresh["require_proof_of_possession"]} {fresh["require_pushed_authorization_requests"]}");
        Assert.Equal(
            "true true 30 PS256",
            $"{changed["require_proof_of_possession"]} {changed["require_pushed_authorization_requests"]} "
                + $"{changed["par_request_expiry"]} {changed["request_object_signing_alg"]}");
        Assert.Equal("""{"required":true}""", changed["signed_request_object"]!.ToJsonString());
        Assert.Null(
            (await api.PatchAsync("clients/" + id, """{"signed_request_object":null,"par_request_expiry":null}"""))[
                "signed_request_object"
            ]);
    }

    [Theory]
    [InlineData("""{"require_proof_of_possession":"yes"}""")]
    [InlineData("""{"par_request_expiry":5}""")]
    [InlineData("""{"par_request_expiry":601}""")]
    [InlineData("""{"request_object_signing_alg":"none"}""")]
    [InlineData("""{"request_object_signing_alg":"HS256"}""")]
    [InlineData("""{"signed_request_object":[]}""")]
    [InlineData("""{"signed_request_object":{"required":1}}""")]
    [InlineData("""{"signed_request_object":{"other":true}}""")]
    [InlineData("""{"signed_request_object":{"credentials":[{"id":"cred_of_somebody_else"}]}}""")]
    [InlineData("""{"signed_request_object":{"credentials":[{"pem":"x"}]}}""")]
    [InlineData("""{"signed_request_object":{"credentials":["cred"]}}""")]
    public async Task A_member_that_makes_no_sense_is_refused(string body) =>
        Assert.Equal(400, (await api.PatchAsync("clients/" + await api.NewClientAsync(), body)).Status);

    [Fact]
    public async Task The_keys_of_request_objects_come_with_the_client_and_are_named_later()
    {
        using var key = new JwtSigner("PS256");
        var pem = System.Text.Json.JsonSerializer.Serialize(key.PublicPem);
        var created = await api.PostAsync(
            "clients",
            $$$"""
            {"name":"Signs","signed_request_object":{"required":true,"credentials":[{"credential_type":"public_key",
            "pem":{{{pem}}},"alg":"PS256"}]}}
            """
        );
        var credential = created["signed_request_object"]!["credentials"]![0]!["id"]!.GetValue<string>();

        var again = await api.PatchAsync(
            "clients/" + created.Text("client_id"),
            $$$"""{"signed_request_object":{"required":false,"credentials":[{"id":"{{{credential}}}"}]}}"""
        );

        Assert.Equal((201, 200), (created.Status, again.Status));
        Assert.StartsWith("cred_", credential, StringComparison.Ordinal);
        Assert.Equal("client_secret_post", again.Text("token_endpoint_auth_method"));
    }

    [Fact]
    public async Task An_api_says_whether_its_tokens_are_bound()
    {
        var created = await api.PostAsync(
            "resource-servers",
            """
            {"identifier":"https://bound.example","proof_of_possession":{"mechanism":"dpop","required":true,
            "required_for":"public_clients"}}
            """
        );
        var path = "resource-servers/" + created.Text("id");

        Assert.Equal(
            """{"mechanism":"dpop","required":true,"required_for":"public_clients"}""",
            (await api.GetAsync(path))["proof_of_possession"]!.ToJsonString());
        Assert.Equal(
            "all_clients",
            (await api.PatchAsync(path, """{"proof_of_possession":{"mechanism":"dpop","required":false}}"""))[
                "proof_of_possession"
            ]!["required_for"]!.GetValue<string>());
        Assert.Null((await api.PatchAsync(path, """{"proof_of_possession":null}"""))["proof_of_possession"]);
        foreach (var wrong in (string[])
                [
                    """{"mechanism":"mtls","required":true}""",
                    """{"mechanism":"dpop"}""",
                    """{"required":true}""",
                    """{"mechanism":"dpop","required":true,"required_for":"nobody"}""",
                    "[]",
                ])
            Assert.Equal(400, (await api.PatchAsync(path, $$"""{"proof_of_possession":{{wrong}}}""")).Status);
    }

    [Fact]
    public async Task The_tenant_takes_pushed_requests_until_it_says_otherwise()
    {
        Assert.True(
            (await api.GetAsync("tenants/settings"))["pushed_authorization_requests_supported"]!.GetValue<bool>());
        Assert.False(
            (await api.PatchAsync("tenants/settings", """{"pushed_authorization_requests_supported":false}"""))[
                "pushed_authorization_requests_supported"
            ]!.GetValue<bool>());
        Assert.True(
            (
                await api.PatchAsync(
                    "tenants/settings",
                    """
                    {"pushed_authorization_requests_supported":null,
                    "flags":{"require_pushed_authorization_requests":true}}
                    """
                )
            )["flags"]!["require_pushed_authorization_requests"]!.GetValue<bool>());
    }
}
