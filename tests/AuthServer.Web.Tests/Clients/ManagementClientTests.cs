namespace AuthServer.Web.Tests.Clients;

/// <summary>auth0 7's ManagementClient.</summary>
public sealed class ManagementClientTests(ClientJourneys journeys) : IClassFixture<ClientJourneys>
{
    [Fact]
    public Task It_administers_the_tenant() => journeys.RunAsync("auth0-management.mjs");

    /// <summary>And openid-client logs in to them.</summary>
    [Fact]
    public Task It_administers_organizations() => journeys.RunAsync("auth0-organizations.mjs");
}
