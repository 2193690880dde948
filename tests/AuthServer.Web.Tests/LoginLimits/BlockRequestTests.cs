using AuthServer.Core.Resources;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.LoginLimits;

/// <summary>Requests for blocks at <c>/api/v2</c>, while nothing is blocked.</summary>
public sealed class BlockRequestTests(ManagementScenario api) : IClassFixture<ManagementScenario>
{
    [Theory]
    [InlineData("GET", "user-blocks?identifier=a", 200)]
    [InlineData("DELETE", "user-blocks?identifier=a", 204)]
    [InlineData("GET", "anomaly/blocks/ips/2001:db8::1", 404)]
    [InlineData("DELETE", "anomaly/blocks/ips/2001:db8::1", 204)]
    public async Task Users_and_addresses_without_a_block_are_accepted(string method, string path, int status) =>
        Assert.Equal(status, (await SendAsync(api, method, path)).Status);

    [Theory]
    [InlineData("GET", "user-blocks", 400)]
    [InlineData("DELETE", "user-blocks", 400)]
    [InlineData("GET", "user-blocks?identifier=a&consider_brute_force_enablement=maybe", 400)]
    [InlineData("GET", "user-blocks/auth0%7Cnobody", 404)]
    [InlineData("DELETE", "user-blocks/auth0%7Cnobody", 404)]
    [InlineData("GET", "anomaly/blocks/ips/nowhere", 400)]
    [InlineData("DELETE", "anomaly/blocks/ips/nowhere", 400)]
    public async Task A_malformed_parameter_or_an_unknown_user_is_rejected(string method, string path, int status) =>
        Assert.Equal(status, (await SendAsync(api, method, path)).Status);

    [Theory]
    [InlineData("GET", "user-blocks?identifier=a", "read:users")]
    [InlineData("DELETE", "user-blocks?identifier=a", "update:users")]
    [InlineData("GET", "user-blocks/x", "read:users")]
    [InlineData("DELETE", "user-blocks/x", "update:users")]
    [InlineData("GET", "anomaly/blocks/ips/192.0.2.1", "read:anomaly_blocks")]
    [InlineData("DELETE", "anomaly/blocks/ips/192.0.2.1", "delete:anomaly_blocks")]
    public async Task Each_call_has_one_scope(string method, string path, string scope)
    {
        var others = string.Join(' ', ManagementScopes.All.Except([scope], StringComparer.Ordinal));

        Assert.NotEqual(403, (await api.WithScopesAsync(scope, with => SendAsync(with, method, path))).Status);
        Assert.Equal(403, (await api.WithScopesAsync(others, with => SendAsync(with, method, path))).Status);
    }

    private static Task<ManagementAnswer> SendAsync(ManagementScenario api, string method, string path) =>
        api.SendAsync(new HttpMethod(method), path);
}
