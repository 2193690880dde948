using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Token;

/// <summary>A client's <c>default_organization</c>: the one that its own tokens are for when it names none.</summary>
public sealed class DefaultOrganizationTests : IAsyncLifetime
{
    private readonly ManagementScenario api = new();
    private Client client = null!;
    private string organization = "";

    public async ValueTask InitializeAsync()
    {
        var audience = await api.Server.AddApiAsync();
        client = await api.Server.AddClientAsync(c => c.GrantTypes = ["client_credentials"]);
        await api.Server.AddClientGrantAsync(client.ClientId, audience.Identifier, "read:contacts");
        await AllowAsync(OrganizationUsages.Allow);
        organization = (await api.PostAsync("organizations", """{"name":"acme"}""")).Text("id");
    }

    public async ValueTask DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task Its_tokens_are_for_the_organization()
    {
        var answer = await SetAsync(organization);
        var token = await AskAsync();

        Assert.Equal(organization, (string?)answer["default_organization"]!["organization_id"]);
        Assert.Equal("""["client_credentials"]""", answer["default_organization"]!["flows"]!.ToJsonString());
        Assert.Equal(organization, OAuth.ClaimsOf(token["access_token"]).GetProperty("org_id").GetString());
    }

    [Fact]
    public async Task It_meets_a_grant_that_requires_one()
    {
        await AllowAsync(OrganizationUsages.Require);
        Assert.Equal("invalid_request", (await AskAsync()).Error);

        await SetAsync(organization);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
    }

    [Fact]
    public async Task A_grant_without_organizations_does_not_take_it()
    {
        await SetAsync(organization);
        await AllowAsync(OrganizationUsages.Deny);

        var claims = OAuth.ClaimsOf((await AskAsync())["access_token"]);

        Assert.False(claims.TryGetProperty("org_id", out _));
    }

    [Fact]
    public async Task It_goes_with_the_organization()
    {
        await SetAsync(organization);
        await api.DeleteAsync($"organizations/{organization}");

        Assert.Null((await api.GetAsync($"clients/{client.ClientId}"))["default_organization"]);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
    }

    [Fact]
    public async Task Null_takes_it_away()
    {
        await SetAsync(organization);

        var answer = await api.PatchAsync($"clients/{client.ClientId}", """{"default_organization":null}""");

        Assert.Null(answer["default_organization"]);
    }

    [Theory]
    [InlineData("""{"organization_id":"org_0000000000000000","flows":["client_credentials"]}""")]
    [InlineData("""{"organization_id":"org_0000000000000000"}""")]
    [InlineData("""{"flows":["client_credentials"]}""")]
    public async Task One_that_is_not_there_is_refused(string value) => Assert.Equal(
        400, (await api.PatchAsync($"clients/{client.ClientId}", $$"""{"default_organization":{{value}}}""")).Status);

    private Task<ManagementAnswer> SetAsync(string id) => api.PatchAsync(
        $"clients/{client.ClientId}",
        $$$"""{"default_organization":{"organization_id":"{{{id}}}","flows":["client_credentials"]}}""");

    private Task AllowAsync(string usage) => api.Server.ChangeAsync<ClientGrant>(
        grant => grant.ClientId == client.ClientId,
        grant => (grant.OrganizationUsage, grant.AllowAnyOrganization) = (usage, true));

    private Task<Answer> AskAsync() => new OAuth(api.Server).TokenAsync(
        client, ("grant_type", "client_credentials"), ("audience", TestData.Api));
}
