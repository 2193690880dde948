using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Token;

/// <summary>Auth0's <c>token_quota</c> of clients and organizations, for <c>client_credentials</c>.</summary>
public sealed class TokenQuotaTests : IAsyncLifetime
{
    private readonly ManagementScenario api = new();
    private OAuth oauth = null!;
    private Client client = null!;
    private ResourceServer audience = null!;

    public async ValueTask InitializeAsync()
    {
        oauth = new OAuth(api.Server);
        audience = await api.Server.AddApiAsync();
        client = await api.Server.AddClientAsync(c => c.GrantTypes = ["client_credentials"]);
        await api.Server.AddClientGrantAsync(client.ClientId, audience.Identifier, "read:contacts");
        api.Server.Time.Advance(TimeSpan.FromMinutes(30));
    }

    public async ValueTask DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task A_token_beyond_the_quota_of_an_hour_is_refused()
    {
        await SetAsync("""{"per_hour":2,"per_day":10}""");

        var first = await AskAsync();
        await AskAsync();
        var third = await AskAsync();

        Assert.Equal("b=per_hour;q=2;r=1;t=1800,b=per_day;q=10;r=9;t=41400", Header(first, "Auth0-Client-Quota-Limit"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "too_many_requests"), (third.Status, third.Error));
        Assert.Equal("Client quota exceeded", third["error_description"]);
        Assert.Equal("b=per_hour;q=2;r=0;t=1800,b=per_day;q=10;r=8;t=41400", Header(third, "Auth0-Client-Quota-Limit"));
        Assert.Equal("2", Header(third, "X-RateLimit-Limit"));
        Assert.Equal("0", Header(third, "X-RateLimit-Remaining"));
        Assert.Equal("1893502800", Header(third, "X-RateLimit-Reset"));
        Assert.Equal("1800", Header(third, "Retry-After"));
    }

    [Fact]
    public async Task Of_two_full_windows_the_longer_one_says_when_to_try_again()
    {
        await SetAsync("""{"per_hour":1,"per_day":1}""");
        await AskAsync();

        var refused = await AskAsync();

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal("41400", Header(refused, "Retry-After"));
    }

    [Fact]
    public async Task It_resets_at_the_full_hour_and_the_refused_one_was_not_counted()
    {
        await SetAsync("""{"per_hour":1,"per_day":2}""");
        await AskAsync();
        await AskAsync();

        api.Server.Time.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
        api.Server.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync()).Status);
        api.Server.Time.Advance(TimeSpan.FromHours(10));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
    }

    [Fact]
    public async Task Parallel_requests_get_no_more_than_serial_ones()
    {
        await SetAsync("""{"per_hour":3}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => AskAsync()));

        Assert.Equal(3, answers.Count(answer => answer.Status == HttpStatusCode.OK));
    }

    [Fact]
    public async Task A_quota_that_is_not_enforced_is_only_reported()
    {
        await SetAsync("""{"per_hour":1,"enforce":false}""");
        await AskAsync();

        var second = await AskAsync();

        Assert.Equal(HttpStatusCode.OK, second.Status);
        Assert.Equal("b=per_hour;q=1;r=0;t=1800", Header(second, "Auth0-Client-Quota-Limit"));
    }

    [Fact]
    public async Task Without_a_quota_there_is_no_header()
    {
        var answer = await AskAsync();

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.False(answer.Headers.Contains("Auth0-Client-Quota-Limit"));
    }

    [Fact]
    public async Task The_default_of_the_tenant_is_for_clients_without_one()
    {
        await api.PatchAsync("tenants/settings", """
            {"default_token_quota":{"clients":{"client_credentials":{"per_hour":1}}}}
            """);
        await AskAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync()).Status);

        await SetAsync("""{"per_hour":100}""");

        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
    }

    [Fact]
    public async Task An_organization_has_a_quota_of_its_own()
    {
        await api.Server.ChangeAsync<ClientGrant>(
            grant => grant.ClientId == client.ClientId,
            grant => (grant.OrganizationUsage, grant.AllowAnyOrganization) = (OrganizationUsages.Allow, true));
        var acme = await api.PostAsync("organizations", """
            {"name":"acme","token_quota":{"client_credentials":{"per_day":1}}}
            """);
        var other = await api.PostAsync("organizations", """{"name":"other"}""");

        var first = await AskAsync(("organization", acme.Text("id")));
        var second = await AskAsync(("organization", acme.Text("id")));

        Assert.Equal("b=per_day;q=1;r=0;t=41400", Header(first, "Auth0-Organization-Quota-Limit"));
        Assert.Equal(HttpStatusCode.TooManyRequests, second.Status);
        Assert.Equal("Organization quota exceeded", second["error_description"]);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(("organization", other.Text("id")))).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync()).Status);
    }

    [Theory]
    [InlineData(
        """{"per_hour":5,"per_day":9,"enforce":true}""",
        """{"per_hour":6}""",
        """{"per_hour":6,"per_day":9,"enforce":true}""")]
    [InlineData("""{"per_hour":5,"enforce":true}""", """{"per_hour":null}""", null)]
    public async Task An_update_merges(string before, string patch, string? after)
    {
        await SetAsync(before);

        var answer = await SetAsync(patch);

        Assert.Equal(after, answer["token_quota"]?["client_credentials"]?.ToJsonString());
    }

    [Theory]
    [InlineData("""{"per_hour":0}""")]
    [InlineData("""{"per_day":"many"}""")]
    [InlineData("""{"per_week":1}""")]
    public async Task A_quota_that_makes_no_sense_is_refused(string quota) =>
        Assert.Equal(400, (await SetAsync(quota)).Status);

    private static string Header(Answer answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    private Task<ManagementAnswer> SetAsync(string quota) => api.PatchAsync(
        $"clients/{client.ClientId}", $$$"""{"token_quota":{"client_credentials":{{{quota}}}}}""");

    private Task<Answer> AskAsync(params (string Name, string? Value)[] more) => oauth.TokenAsync(
        client, [("grant_type", "client_credentials"), ("audience", audience.Identifier), .. more]);
}
