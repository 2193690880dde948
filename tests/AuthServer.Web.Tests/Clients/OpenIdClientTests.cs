namespace AuthServer.Web.Tests.Clients;

/// <summary>openid-client 6, the certified relying party under Auth0's newer SDKs.</summary>
public sealed class OpenIdClientTests(ClientJourneys journeys) : IClassFixture<ClientJourneys>
{
    [Fact]
    public Task It_finds_the_server_by_its_metadata() => journeys.RunAsync("openid-client-discovery.mjs");

    [Fact]
    public Task It_logs_in_by_code_with_and_without_PKCE() => journeys.RunAsync("openid-client-code.mjs");

    [Fact]
    public Task It_authenticates_in_each_of_the_four_ways() => journeys.RunAsync("openid-client-authentication.mjs");

    [Fact]
    public Task It_gets_its_answers_in_each_response_mode_with_the_issuer() =>
        journeys.RunAsync("openid-client-answers.mjs");

    [Fact]
    public Task It_logs_in_by_hybrid_and_implicit_answers() => journeys.RunAsync("openid-client-hybrid.mjs");

    [Fact]
    public Task It_refreshes_and_reuse_ends_the_family() => journeys.RunAsync("openid-client-refresh.mjs");

    [Fact]
    public Task It_revokes_and_introspects() => journeys.RunAsync("openid-client-revoke.mjs");

    [Fact]
    public Task It_gets_tokens_for_a_machine() => journeys.RunAsync("openid-client-machine.mjs");

    [Fact]
    public Task It_logs_out_and_the_session_is_gone() => journeys.RunAsync("openid-client-logout.mjs");

    [Fact]
    public Task It_binds_its_tokens_to_a_key() => journeys.RunAsync("openid-client-dpop.mjs");

    [Fact]
    public Task It_pushes_its_requests() => journeys.RunAsync("openid-client-par.mjs");

    [Fact]
    public Task It_signs_its_requests() => journeys.RunAsync("openid-client-request-object.mjs");
}
