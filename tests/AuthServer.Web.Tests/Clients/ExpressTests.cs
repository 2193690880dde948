namespace AuthServer.Web.Tests.Clients;

/// <summary>Real Express applications, with a browser that goes back and forth.</summary>
public sealed class ExpressTests(ClientJourneys journeys) : IClassFixture<ClientJourneys>
{
    [Fact]
    public Task Express_openid_connect_logs_in_and_out() => journeys.RunAsync("express-openid-connect.mjs");

    [Fact]
    public Task Express_openid_connect_learns_of_a_logout_that_happened_elsewhere() =>
        journeys.RunAsync("express-backchannel-logout.mjs");

    [Fact]
    public Task Express_openid_connect_logs_in_as_its_readme_begins() =>
        journeys.RunAsync("express-openid-connect-implicit.mjs");

    [Fact]
    public Task Passport_auth0_logs_in_once_the_tenant_allows_tokens_in_queries() =>
        journeys.RunAsync("passport-auth0.mjs");
}
