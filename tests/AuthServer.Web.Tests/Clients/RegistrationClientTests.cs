namespace AuthServer.Web.Tests.Clients;

/// <summary>Clients that register themselves.</summary>
public sealed class RegistrationClientTests(ClientJourneys journeys) : IClassFixture<ClientJourneys>
{
    [Fact]
    public Task Openid_client_registers_itself_and_logs_in() => journeys.RunAsync("openid-client-registration.mjs");

    [Fact]
    public Task An_MCP_client_finds_the_server_registers_and_refreshes() => journeys.RunAsync("mcp.mjs");
}
