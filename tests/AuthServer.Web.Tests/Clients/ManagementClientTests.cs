namespace AuthServer.Web.Tests.Clients;

/// <summary>auth0 7's ManagementClient, and auth0-deploy-cli.</summary>
public sealed class ManagementClientTests(ClientJourneys journeys) : IClassFixture<ClientJourneys>
{
    [Fact]
    public Task It_administers_the_tenant() => journeys.RunAsync("auth0-management.mjs");

    [Fact]
    public Task It_administers_Actions() => journeys.RunAsync("auth0-actions.mjs");

    [Fact]
    public Task Deploy_cli_exports_imports_and_deploys_an_Action() => journeys.RunAsync("auth0-deploy-cli.mjs");

    /// <summary>Code that a developer copies from /guide: auth0, openid-client, express-openid-connect.</summary>
    [Fact]
    public Task The_guides_code_works_as_it_stands() => journeys.RunAsync("guide.mjs");

    /// <summary>With oidc-provider behind the connection.</summary>
    [Fact]
    public Task It_connects_an_identity_provider_and_links_its_users() => journeys.RunAsync("oidc-provider.mjs");

    /// <summary>And openid-client logs in to them.</summary>
    [Fact]
    public Task It_administers_organizations() => journeys.RunAsync("auth0-organizations.mjs");
}
