using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using AuthServer.Core.Model;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests.Token;

/// <summary>
/// OpenID Connect Core §10.1 and RFC 8725 §2.1: ID tokens under a client's secret, only by the client's configuration
/// and never by a token.
/// </summary>
public sealed class IdTokenAlgorithmTests(RunningServer running) : IClassFixture<RunningServer>
{
    private readonly TestServer server = running.Server;
    private readonly OAuth oauth = new(running.Server);

    [Fact]
    public async Task A_client_that_asks_for_HS256_verifies_with_its_own_secret()
    {
        var token = (await oauth.GetTokensAsync(await ClientAsync(), "openid"))["id_token"]!;

        Assert.Equal("HS256", OAuth.HeaderOf(token).GetProperty("alg").GetString());
        Assert.False(OAuth.HeaderOf(token).TryGetProperty("kid", out _));
        Assert.Equal(Mac(token[..token.LastIndexOf('.')], TestData.Secret), token[(token.LastIndexOf('.') + 1)..]);
    }

    [Fact]
    public async Task Its_access_tokens_stay_with_the_published_key()
    {
        await server.AddApiAsync(identifier: "https://hs256.example.com");

        var answer = await oauth.GetTokensAsync(await ClientAsync(), "openid", "https://hs256.example.com");

        Assert.Equal("RS256", OAuth.HeaderOf(answer["access_token"]).GetProperty("alg").GetString());
        Assert.Equal(HttpStatusCode.OK, (await oauth.UserInfoAsync(answer["access_token"])).Status);
    }

    [Fact]
    public async Task Its_own_ID_token_is_a_hint()
    {
        var client = await ClientAsync();
        var token = (await oauth.GetTokensAsync(client, "openid"))["id_token"];

        Assert.Null(await HintErrorAsync(client, token));
    }

    [Fact]
    public async Task A_hint_under_another_secret_or_of_a_client_with_RS256_is_refused()
    {
        var (client, plain) = (await ClientAsync(), await server.AddClientAsync());
        var token = (await oauth.GetTokensAsync(client, "openid"))["id_token"]!;

        Assert.Equal(
            "invalid_request",
            await HintErrorAsync(client, Forge(token, client, "another-secret-another-secret-another-secret")));
        Assert.Equal("invalid_request", await HintErrorAsync(plain, Forge(token, plain, TestData.Secret)));
        Assert.Equal("invalid_request", await HintErrorAsync(client, token[..token.LastIndexOf('.')] + "."));
    }

    [Fact]
    public async Task An_ID_token_under_a_secret_is_not_an_access_token()
    {
        var client = await ClientAsync();
        var token = (await oauth.GetTokensAsync(client, "openid"))["id_token"];

        Assert.Equal(HttpStatusCode.Unauthorized, (await oauth.UserInfoAsync(token)).Status);
    }

    private Task<Client> ClientAsync() => server.AddClientAsync(client => client.IdTokenAlgorithm = "HS256");

    private async Task<string?> HintErrorAsync(Client client, string? hint)
    {
        using var answer = await oauth.AuthorizeAsync(
            OAuth.RequestOf(client, ("id_token_hint", hint), ("prompt", "none")), await server.StartSessionAsync());
        return OAuth.Redirected(answer).GetValueOrDefault("error");
    }

    private static string Forge(string token, Client client, string secret)
    {
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[1]));
        var audience = OAuth.ClaimsOf(token).GetProperty("aud").GetString()!;
        var input =
            token.Split('.')[0]
            + "."
            + Base64Url.EncodeToString(
                Encoding.UTF8.GetBytes(claims.Replace(audience, client.ClientId, StringComparison.Ordinal)));
        return $"{input}.{Mac(input, secret)}";
    }

    private static string Mac(string input, string secret) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(input)));
}
