using System.Net.Http.Headers;
using AuthServer.Core.Jwt;
using AuthServer.Core.Model;
using AuthServer.TestKit;
using AuthServer.Web.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace AuthServer.Web.Tests.UserInfo;

/// <summary>OpenID Connect Core §5.3.2 and §8: signed userinfo responses, and subjects of one sector.</summary>
public sealed class PairwiseTests(RunningServer running) : IClassFixture<RunningServer>
{
    private const string Api = "https://pairwise.example.com";
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task One_client_receives_one_subject_everywhere_and_it_is_not_the_user_s_id()
    {
        await server.AddApiAsync(identifier: Api);
        var client = await ClientAsync();
        var tokens = await oauth.GetTokensAsync(client, "openid offline_access", Api);

        var subject = SubjectOf(tokens);
        Assert.DoesNotContain("auth0|", subject, StringComparison.Ordinal);
        Assert.Equal(subject, OAuth.ClaimsOf(tokens["access_token"]).GetProperty("sub").GetString());
        Assert.Equal(subject, (await oauth.UserInfoAsync(tokens["access_token"]))["sub"]);
        Assert.Equal(subject, (await IntrospectAsync(client, tokens["access_token"]))["sub"]);
        Assert.Equal(subject, (await IntrospectAsync(client, tokens["refresh_token"]))["sub"]);
        Assert.Equal(subject, SubjectOf(await oauth.RefreshAsync(client, tokens["refresh_token"])));
        var opaque = await oauth.GetTokensAsync(client, "openid");
        Assert.Equal(subject, (await oauth.UserInfoAsync(opaque["access_token"]))["sub"]);
        Assert.Equal(subject, (await IntrospectAsync(client, opaque["access_token"]))["sub"]);
    }

    [Fact]
    public async Task A_sector_shares_a_name_and_another_has_another()
    {
        var subject = SubjectOf(await oauth.GetTokensAsync(await ClientAsync(), "openid"));
        var neighbour = SubjectOf(await oauth.GetTokensAsync(await ClientAsync(), "openid"));
        var stranger = SubjectOf(
            await oauth.GetTokensAsync(
                await ClientAsync(c => c.Callbacks = ["https://elsewhere.example/callback"]), "openid"));
        var named = SubjectOf(
            await oauth.GetTokensAsync(
                await ClientAsync(c =>
                    (c.Callbacks, c.SectorIdentifierUri) = (
                        ["https://elsewhere.example/callback"], "https://app.example.com/sector.json")),
                "openid"));

        Assert.Equal(subject, neighbour);
        Assert.NotEqual(subject, stranger);
        Assert.Equal(subject, named);
    }

    [Fact]
    public async Task Hints_and_insisted_subjects_are_that_name_too()
    {
        var client = await ClientAsync();
        var token = (await oauth.GetTokensAsync(client, "openid"))["id_token"];
        var subject = OAuth.ClaimsOf(token).GetProperty("sub").GetString();
        var admin = await server.AdministratorAsync();

        Assert.Null(await SilentAsync(client, ("id_token_hint", token)));
        Assert.Null(await SilentAsync(client, ("claims", $$$$"""{"id_token":{"sub":{"value":"{{{{subject}}}}"}}}""")));
        Assert.Equal(
            "login_required",
            await SilentAsync(client, ("claims", $$$$"""{"id_token":{"sub":{"value":"{{{{admin.UserId}}}}"}}}""")));
    }

    [Fact]
    public async Task A_revoked_grant_takes_its_tokens_along()
    {
        await server.AddApiAsync(identifier: Api + "/revoked");
        var client = await ClientAsync();
        var tokens = await oauth.GetTokensAsync(client, "openid offline_access", Api + "/revoked");

        await oauth.PostAsync(
            "/oauth/revoke",
            ("client_id", client.ClientId),
            ("client_secret", TestData.Secret),
            ("token", tokens["refresh_token"]));

        Assert.Equal("invalid_token", (await oauth.UserInfoAsync(tokens["access_token"])).Error);
    }

    [Fact]
    public async Task A_client_that_asks_for_it_gets_its_claims_signed()
    {
        var client = await server.AddClientAsync(c => c.UserInfoAlgorithm = "RS256");
        var tokens = await oauth.GetTokensAsync(client, "openid email");
        using var http = server.NewHttp();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/userinfo")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", tokens["access_token"]) },
        };
        using var answer = await http.SendAsync(request);
        var jwt = await answer.Content.ReadAsStringAsync();

        Assert.Equal("application/jwt", answer.Content.Headers.ContentType?.MediaType);
        var keys = (await server.Services.GetRequiredService<TenantCache>().ReadAsync()).Keys;
        var key = keys.Find(keys.Current(Algorithms.Rs256).Kid, Algorithms.Rs256);
        var claims = (await JwtVerifier.VerifyAsync(UnverifiedJwt.Parse(jwt)!, key))!;
        Assert.Equal(
            (server.Issuer.Value, client.ClientId, TestServer.AdminEmail),
            (claims.Text("iss"), claims.Text("aud"), claims.Text("email")));
        Assert.Equal("invalid_request", await SilentAsync(client, ("id_token_hint", jwt)));
    }

    private Task<Client> ClientAsync(Action<Client>? change = null) => server.AddClientAsync(client =>
    {
        client.SubjectType = SubjectTypes.Pairwise;
        change?.Invoke(client);
    });

    private Task<Answer> IntrospectAsync(Client client, string? token) =>
        oauth.PostAsync(
            "/oauth/introspect", ("client_id", client.ClientId), ("client_secret", TestData.Secret), ("token", token));

    private async Task<string?> SilentAsync(Client client, params (string Name, string? Value)[] more)
    {
        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, [("prompt", "none"), .. more]), await server.StartSessionAsync());
        return OAuth.Redirected(answer).GetValueOrDefault("error");
    }

    private static string SubjectOf(Answer tokens) =>
        OAuth.ClaimsOf(tokens["id_token"]).GetProperty("sub").GetString()!;
}
