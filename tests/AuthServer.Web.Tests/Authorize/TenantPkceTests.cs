using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Authorize;

/// <summary>The tenant's flag <c>require_pkce</c>.</summary>
public sealed class TenantPkceTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Fact]
    public async Task The_flag_of_the_tenant_requires_PKCE_of_a_confidential_client()
    {
        var client = await api.Server.AddClientAsync();

        Assert.Contains("code", await AnswerAsync(client, challenge: null));
        await api.PatchAsync("tenants/settings", """{"flags":{"require_pkce":true}}""");
        Assert.Contains("error invalid_request", await AnswerAsync(client, challenge: null));
        Assert.Contains("code", await AnswerAsync(client, OAuth.Challenge));
        await api.PatchAsync("tenants/settings", """{"flags":{"require_pkce":false}}""");
        Assert.Contains("code", await AnswerAsync(client, challenge: null));
    }

    private async Task<IEnumerable<string>> AnswerAsync(Client client, string? challenge)
    {
        var request = OAuth.RequestOf(
            client, ("code_challenge", challenge), ("code_challenge_method", challenge is null ? null : "S256"));
        using var answer = await new OAuth(api.Server).AuthorizeAsync(request, await api.Server.StartSessionAsync());
        return OAuth.Redirected(answer).Select(entry => entry.Key == "error" ? $"error {entry.Value}" : entry.Key);
    }
}
