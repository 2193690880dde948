using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Management;

/// <summary>The rotation of signing keys.</summary>
public sealed class SigningKeyTests
{
    [Fact]
    public async Task A_key_is_published_before_it_signs_and_after()
    {
        await using var api = new ManagementScenario();
        var (current, next) = (await KidAsync(api, "current"), await KidAsync(api, "next"));
        var oldToken = await api.TokenAsync();
        var rotated = await api.PostAsync("keys/signing/rotate");

        Assert.Equal((201, next), (rotated.Status, rotated.Text("kid")));
        Assert.Equal((next, current), (await KidAsync(api, "current"), await KidAsync(api, "previous")));
        Assert.Equal(200, (await api.SendAsync(HttpMethod.Get, "clients", token: oldToken)).Status);
    }

    [Fact]
    public async Task A_revoked_key_verifies_nothing_any_more()
    {
        await using var api = new ManagementScenario();
        var (kid, token) = (await KidAsync(api, "current"), await api.TokenAsync());
        Assert.Equal(200, (await api.PutAsync($"keys/signing/{kid}/revoke")).Status);

        Assert.Equal(401, (await api.SendAsync(HttpMethod.Get, "clients", token: token)).Status);
        Assert.True((await api.GetAsync($"keys/signing/{kid}"))["revoked"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_key_is_shown_only_by_its_certificate()
    {
        await using var api = new ManagementScenario();
        var key = (await api.GetAsync("keys/signing")).List[0]!.AsObject();

        Assert.StartsWith("-----BEGIN CERTIFICATE-----", key["cert"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("-----BEGIN PKCS7-----", key["pkcs7"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(
            key["thumbprint"]!.GetValue<string>(),
            key["fingerprint"]!.GetValue<string>().Replace(":", "", StringComparison.Ordinal));
        Assert.DoesNotContain("rivate", key.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_key_is_404()
    {
        await using var api = new ManagementScenario();

        Assert.Equal(
            (404, 404),
            ((await api.GetAsync("keys/signing/none")).Status, (await api.PutAsync("keys/signing/none/revoke")).Status)
        );
    }

    [Fact]
    public async Task Each_algorithm_has_a_rotation_of_its_own()
    {
        await using var api = new ManagementScenario();
        var (rsa, elliptic, next) = (
            await KidAsync(api, "current"),
            await KidAsync(api, "current", "ES256"),
            await KidAsync(api, "next", "ES256"));
        Assert.Equal(200, (await api.PutAsync($"keys/signing/{elliptic}/revoke")).Status);

        Assert.Equal((rsa, next), (await KidAsync(api, "current"), await KidAsync(api, "current", "ES256")));

        await api.PostAsync("keys/signing/rotate");
        Assert.Equal((rsa, next), (await KidAsync(api, "previous"), await KidAsync(api, "previous", "ES256")));
    }

    [Fact]
    public async Task An_unknown_algorithm_is_refused()
    {
        await using var api = new ManagementScenario();

        Assert.Equal(400, (await api.GetAsync("keys/signing?alg=none")).Status);
    }

    private static async Task<string> KidAsync(ManagementScenario api, string state, string algorithm = "RS256") =>
        (await api.GetAsync($"keys/signing?alg={algorithm}")).List.Single(key => key![state]!.GetValue<bool>())![
            "kid"
        ]!.GetValue<string>();
}
