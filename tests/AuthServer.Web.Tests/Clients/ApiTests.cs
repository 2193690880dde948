namespace AuthServer.Web.Tests.Clients;

/// <summary>An API that verifies access tokens with jose, and knows only this server's issuer and keys.</summary>
public sealed class ApiTests(ClientJourneys journeys) : IClassFixture<ClientJourneys>
{
    [Fact]
    public Task It_verifies_access_tokens_with_the_published_keys() => journeys.RunAsync("jose-access-token.mjs");
}
