using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AuthServer.Core;
using AuthServer.TestKit;

namespace AuthServer.Faults.Races;

/// <summary>One DPoP proof, RFC 9449 §11.1: its <c>jti</c> is good for one call.</summary>
internal sealed class ProofRace(Uri issuer, JwtSigner key, string accessToken) : IRace
{
    public static async Task<IRace> OpenAsync(Deployment deployment)
    {
        var person = await Person.SignInAsync(deployment);
        var key = new JwtSigner("ES256");
        var redemption = person.Redemption(await person.CodeAsync());
        redemption.Headers.Add("DPoP", Proof(key, "POST", new Uri(deployment.Address, "/oauth/token")));
        var bound = await person.SendAsync(redemption);
        return new ProofRace(
            deployment.Address, key, bound["access_token"] ?? throw new InvalidOperationException(bound.Text));
    }

    public Task<Heat> PrepareAsync()
    {
        var proof = Proof(key, "GET", new Uri(issuer, "/userinfo"), accessToken);
        return Task.FromResult(
            new Heat(
                _ => new HttpRequestMessage(HttpMethod.Get, "/userinfo")
                {
                    Headers = { { "Authorization", $"DPoP {accessToken}" }, { "DPoP", proof } },
                },
                (racer, reply) => reply.Acknowledged ? $"{racer}" : null,
                reply => reply.Error == "invalid_dpop_proof"));
    }

    private static string Proof(JwtSigner key, string method, Uri url, string? accessToken = null) =>
        key.Sign(
            $$"""{"typ":"dpop+jwt","alg":"ES256","jwk":{{key.Jwk}}}""",
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["jti"] = $"\"{OpaqueToken.Alphanumeric(20)}\"",
                ["htm"] = $"\"{method}\"",
                ["htu"] = $"\"{url}\"",
                ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                ["ath"] = accessToken is null
                    ? null
                    : $"\"{Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)))}\"",
            });
}
