namespace AuthServer.Web.Tests.Clients;

/// <summary>Auth0's own SDKs for Node.js, configured only with <c>domain</c>.</summary>
public sealed class Auth0SdkTests(ClientJourneys journeys) : IClassFixture<ClientJourneys>
{
    [Fact]
    public Task Auth0_legacy_AuthenticationClient_logs_in_refreshes_and_revokes() =>
        journeys.RunAsync("auth0-legacy.mjs");

    [Fact]
    public Task Auth0_legacy_signs_up_and_asks_for_another_password() => journeys.RunAsync("auth0-legacy-database.mjs");

    [Fact]
    public Task Auth0_auth_js_logs_in_and_out() => journeys.RunAsync("auth0-auth-js.mjs");
}
