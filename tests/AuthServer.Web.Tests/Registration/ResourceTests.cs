using System.Net;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using Microsoft.AspNetCore.WebUtilities;

namespace AuthServer.Web.Tests.Registration;

/// <summary>RFC 8707: <c>resource</c> names the API that tokens are for.</summary>
public sealed class ResourceTests(RunningServer running) : IClassFixture<RunningServer>, IAsyncLifetime
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);
    private string api = "";
    private string other = "";
    private Client client = null!;

    public async ValueTask InitializeAsync()
    {
        (api, other) = (
            $"https://{Guid.CreateVersion7():N}.example/mcp", $"https://{Guid.CreateVersion7():N}.example/");
        await server.AddApiAsync(identifier: api);
        await server.AddApiAsync(identifier: other);
        client = await server.AddClientAsync(c =>
            c.GrantTypes = ["authorization_code", "refresh_token", "client_credentials"]);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(ResourceParameterProfiles.Audience)]
    [InlineData(ResourceParameterProfiles.Compatibility)]
    public async Task It_chooses_the_API_in_either_profile_with_or_without_the_last_slash(string profile)
    {
        await server.ChangeSettingsAsync(tenant => tenant.ResourceParameterProfile = profile);
        foreach (var named in (string[])[api, api + "/", other, other.TrimEnd('/')])
        {
            var tokens = await oauth.RedeemAsync(
                client,
                await oauth.CodeAsync(client, ("scope", "read:contacts"), ("resource", named)),
                ("resource", named));
            Assert.Equal(
                named.StartsWith(api, StringComparison.Ordinal) ? api : other,
                OAuth.ClaimsOf(tokens["access_token"]).GetProperty("aud").GetString());
        }
    }

    [Theory]
    [InlineData(ResourceParameterProfiles.Audience)]
    [InlineData(ResourceParameterProfiles.Compatibility)]
    public async Task A_resource_that_names_no_API_is_invalid_target(string profile)
    {
        await server.ChangeSettingsAsync(tenant => tenant.ResourceParameterProfile = profile);
        foreach (var named in (string[])
                ["https://unknown.example/", api + "//", api + "#x", api + "/tools", api.ToUpperInvariant(), "x"])
        {
            using var answer = await oauth.AuthorizeAsync(
                OAuth.RequestOf(client, ("resource", named)), await server.StartSessionAsync());
            Assert.Equal("invalid_target", OAuth.Redirected(answer)["error"]);
        }
    }

    /// <summary>RFC 8707 §2 allows several; a token of this server is for one API.</summary>
    [Fact]
    public async Task Two_of_them_are_invalid_target_at_every_endpoint()
    {
        var request = QueryHelpers.AddQueryString("/authorize", OAuth.RequestOf(client, ("resource", api)));
        using var http = server.NewHttp();
        using var answer = await http.GetAsync($"{request}&resource={Uri.EscapeDataString(other)}");
        Assert.StartsWith(TestData.Callback, answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal("invalid_target", OAuth.Redirected(answer)["error"]);
        Assert.Contains("Only one resource", OAuth.Redirected(answer)["error_description"], StringComparison.Ordinal);

        await server.AddClientGrantAsync(client.ClientId, api, "read:contacts");
        Assert.Equal("invalid_target", await ErrorAsync("/oauth/token", ("grant_type", "client_credentials")));
        Assert.Equal("invalid_target", await ErrorAsync(
            "/oauth/par", [.. OAuth.RequestOf(client).Select(p => (p.Key, p.Value!))]));
        var code = await oauth.CodeAsync(client, ("scope", "offline_access"), ("resource", api));
        Assert.Equal("invalid_target", await ErrorAsync(
            "/oauth/token",
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", TestData.Callback),
            ("code_verifier", OAuth.Verifier)));
        var tokens = await oauth.RedeemAsync(client, code);
        Assert.Equal("invalid_target", await ErrorAsync(
            "/oauth/token", ("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"]!)));

        async Task<string?> ErrorAsync(string path, params (string Name, string Value)[] parameters) =>
            (await oauth.SendAsync(new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent(
                [
                    .. parameters.Where(p => p.Name != "client_id").Select(p => KeyValuePair.Create(p.Name, p.Value)),
                    new("client_id", client.ClientId), new("client_secret", TestData.Secret),
                    new("resource", api), new("resource", other),
                ]),
            })).Error;
    }

    [Fact]
    public async Task Another_parameter_that_is_sent_twice_is_still_refused()
    {
        using var http = server.NewHttp();
        using var answer = await http.GetAsync(
            QueryHelpers.AddQueryString("/authorize", OAuth.RequestOf(client))
            + "&redirect_uri=https%3A%2F%2Fevil.example");

        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
    }

    [Fact]
    public async Task Beside_an_audience_the_profile_decides()
    {
        await server.ChangeSettingsAsync(
            tenant => tenant.ResourceParameterProfile = ResourceParameterProfiles.Audience);
        var tokens = await oauth.RedeemAsync(
            client, await oauth.CodeAsync(client, ("scope", "read:contacts"), ("audience", api), ("resource", other)));
        Assert.Equal(api, OAuth.ClaimsOf(tokens["access_token"]).GetProperty("aud").GetString());

        await server.ChangeSettingsAsync(
            tenant => tenant.ResourceParameterProfile = ResourceParameterProfiles.Compatibility);
        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("audience", api), ("resource", other)), await server.StartSessionAsync());
        Assert.Equal("invalid_target", OAuth.Redirected(answer)["error"]);
        Assert.NotNull(await oauth.CodeAsync(client, ("audience", api), ("resource", api)));
    }

    [Fact]
    public async Task A_code_is_redeemed_only_for_its_own_resource_and_survives_the_mistake()
    {
        var code = await oauth.CodeAsync(client, ("scope", "read:contacts"), ("resource", api));
        Assert.Equal("invalid_target", (await oauth.RedeemAsync(client, code, ("resource", other))).Error);
        Assert.Equal(HttpStatusCode.OK, (await oauth.RedeemAsync(client, code, ("resource", api))).Status);

        var without = await oauth.CodeAsync(client, ("scope", "openid"));
        Assert.Equal("invalid_target", (await oauth.RedeemAsync(client, without, ("resource", api))).Error);
    }

    [Fact]
    public async Task A_refresh_token_too()
    {
        var tokens = await oauth.RedeemAsync(
            client, await oauth.CodeAsync(client, ("scope", "offline_access read:contacts"), ("resource", api)));

        Assert.Equal(
            "invalid_target", (await oauth.RefreshAsync(client, tokens["refresh_token"], ("resource", other))).Error);
        Assert.Equal(
            HttpStatusCode.OK,
            (await oauth.RefreshAsync(client, tokens["refresh_token"], ("resource", api + "/"))).Status);
    }

    [Fact]
    public async Task A_machine_names_its_API_so()
    {
        await server.AddClientGrantAsync(client.ClientId, api, "read:contacts");

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(api)).Status);
        Assert.Equal("invalid_target", (await AskAsync("https://unknown.example/")).Error);
        Assert.Equal("access_denied", (await AskAsync(other)).Error);

        Task<Answer> AskAsync(string resource) =>
            oauth.TokenAsync(client, ("grant_type", "client_credentials"), ("resource", resource));
    }
}
