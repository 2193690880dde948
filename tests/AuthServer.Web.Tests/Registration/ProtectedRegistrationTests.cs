using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Registration;

/// <summary>A third party may bind itself tighter: RFC 9449 §5.2, RFC 9126 §6, RFC 9101 §10.5.</summary>
public sealed class ProtectedRegistrationTests(RegistrationScenario scenario) : IClassFixture<RegistrationScenario>
{
    [Fact]
    public async Task It_registers_what_it_holds_itself_to()
    {
        var answer = await scenario.RegisterAsync(
            """
            {"redirect_uris":["https://app.example.com/cb"],"dpop_bound_access_tokens":true,
            "require_pushed_authorization_requests":true,"require_signed_request_object":true,
            "request_object_signing_alg":"ES256"}
            """
        );

        Assert.Equal(
            "True True True ES256",
            $"{answer["dpop_bound_access_tokens"]} {answer["require_pushed_authorization_requests"]} "
                + $"{answer["require_signed_request_object"]} {answer["request_object_signing_alg"]}");
        var client = await scenario.StoredAsync(answer["client_id"]!);
        Assert.True(
            client
                is
            {
                RequireProofOfPossession: true,
                RequirePushedAuthorizationRequests: true,
                RequireSignedRequestObject: true
            });
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    public async Task An_algorithm_that_proves_nothing_is_refused(string algorithm) =>
        Assert.Equal(
            "invalid_client_metadata",
            (
                await scenario.RegisterAsync(
                    $$"""
                    {"redirect_uris":["https://app.example.com/cb"],"request_object_signing_alg":"{{algorithm}}"}
                    """
                )).Error);

    [Fact]
    public async Task In_strict_mode_it_pushes_its_requests_and_signs_none()
    {
        await scenario.StrictAsync();
        var client = await scenario.PublicAsync();

        Assert.NotNull((await scenario.OAuth.PushAsync(client, ("scope", "read:contacts")))["request_uri"]);
        Assert.Equal("invalid_request", (await scenario.OAuth.PushAsync(client, ("request", "x.y.z"))).Error);
        await scenario.StrictAsync(strict: false);
    }
}
