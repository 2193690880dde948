using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Federation;

/// <summary>This server as the identity provider of another one of itself.</summary>
public sealed class SelfAsProviderTests
{
    [Fact]
    public async Task We_can_sign_in_by_ourselves()
    {
        await using var scenario = await ProviderScenario.StartAsync();
        await using var other = new TestServer();
        var client = await other.AddClientAsync(client =>
            client.Callbacks = [scenario.Server.Issuer.At("/login/callback")]);
        await scenario.ConnectAsync(
            "elsewhere",
            "oidc",
            new { discovery_url = other.Issuer.At("/.well-known/openid-configuration"), client_id = client.ClientId },
            TestData.Secret);
        using var here = new Browser(scenario.Server);
        using var there = new Browser(other);

        await there.OpenAsync(
            (await scenario.LeaveAsync(here, "elsewhere", ("login_hint", TestServer.AdminEmail), ("max_age", "0"))
            ).OriginalString);
        Assert.Equal(TestServer.AdminEmail, there.Input("username")!.GetAttribute("value"));
        await there.SignInAsync();
        await there.ClickAsync("consent-allow");
        await here.OpenAsync(there.LeftTo!.OriginalString);

        Assert.NotNull(here.Returned("code"));
        var ada = await other.AdministratorAsync();
        await here.OpenAsync("/account");
        Assert.Contains(TestServer.AdminEmail, here.Text, StringComparison.Ordinal);
        Assert.Equal(
            "oidc|elsewhere|" + ada.UserId,
            await scenario.Server.WithAsync<Storage.AuthDbContext, string>(db =>
                Task.FromResult(db.Users.Single(u => u.Connection == "elsewhere").UserId)));
    }
}
