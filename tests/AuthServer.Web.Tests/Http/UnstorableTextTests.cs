using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Http;

/// <summary>A zero character, which one database stores and the other refuses, is the caller's fault on both.</summary>
public sealed class UnstorableTextTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly OAuth oauth = new(running.Server);

    [Theory]
    [InlineData("/authorize?response_type=code&client_id=a%00b")]
    [InlineData("/v2/logout?client_id=a%00b")]
    [InlineData("/u/login?state=a%00b")]
    public async Task In_a_query_it_is_a_4xx(string url)
    {
        using var http = running.Server.NewHttp();
        using var answer = await http.GetAsync(url);

        Assert.InRange((int)answer.StatusCode, 400, 499);
    }

    [Theory]
    [InlineData("client_id", "a\0b")]
    [InlineData("code", "a\0b")]
    [InlineData("redirect_uri", "a\0b")]
    [InlineData("audience", "a\0b")]
    public async Task In_a_token_request_it_is_a_4xx(string name, string value)
    {
        var client = await running.Server.AddClientAsync(c =>
            c.GrantTypes = ["authorization_code", "client_credentials"]);

        Assert.InRange((int)(await oauth.RedeemAsync(client, "code", (name, value))).Status, 400, 499);
        Assert.InRange(
            (int)(await oauth.TokenAsync(client, ("grant_type", "client_credentials"), (name, value))).Status,
            400,
            499);
    }

    [Fact]
    public async Task In_a_user_name_it_is_a_wrong_user_name()
    {
        var client = await running.Server.AddClientAsync(c =>
            c.GrantTypes = ["http://auth0.com/oauth/grant-type/password-realm"]);

        var answer = await oauth.TokenAsync(
            client, ("grant_type", "http://auth0.com/oauth/grant-type/password-realm"),
            ("realm", "Username-Password-Authentication"), ("username", "a\0b"), ("password", "a\0b"));

        Assert.InRange((int)answer.Status, 400, 499);
    }

    [Fact]
    public async Task In_the_name_of_a_client_that_registers_it_is_a_4xx()
    {
        await running.Server.ChangeSettingsAsync(settings =>
            settings.Flags = new Dictionary<string, bool>(StringComparer.Ordinal)
            {
                ["enable_dynamic_client_registration"] = true,
            });
        using var http = running.Server.NewHttp();
        using var answer = await http.PostAsync(
            "/oidc/register",
            new StringContent(
                """{"client_name":"a\u0000b","redirect_uris":["https://app.example.com/callback"]}""",
                System.Text.Encoding.UTF8,
                "application/json"));

        Assert.InRange((int)answer.StatusCode, 400, 499);
    }
}
