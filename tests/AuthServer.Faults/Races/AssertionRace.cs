using AuthServer.TestKit;

namespace AuthServer.Faults.Races;

/// <summary>One client assertion, RFC 7523 §3.</summary>
internal sealed class AssertionRace(Uri issuer, string clientId, string audience, JwtSigner key) : IRace
{
    public static async Task<IRace> OpenAsync(Deployment deployment)
    {
        using var administrator = await Administrator.SignInAsync(deployment);
        var key = new JwtSigner("ES256");
        var (id, _) = await administrator.ClientAsync(
            new
            {
                name = "Machine",
                app_type = "non_interactive",
                grant_types = new[] { "client_credentials" },
                client_authentication_methods = new
                {
                    private_key_jwt = new
                    {
                        credentials = new[]
                        {
                            new
                            {
                                credential_type = "public_key",
                                pem = key.PublicPem,
                                alg = "ES256",
                            },
                        },
                    },
                },
            });
        var audience = $"https://api-{id}.example.com/".ToLowerInvariant();
        await administrator.PostAsync("resource-servers", new { name = "API", identifier = audience });
        await administrator.PostAsync("client-grants", new { client_id = id, audience, scope = Array.Empty<string>() });
        return new AssertionRace(deployment.Address, id, audience, key);
    }

    public Task<Heat> PrepareAsync()
    {
        var assertion = key.Assertion(clientId, issuer.ToString(), TimeProvider.System.GetUtcNow());
        return Task.FromResult(Heat.ForTokens(_ => Request(assertion), "invalid_client"));
    }

    private HttpRequestMessage Request(string assertion) => new(HttpMethod.Post, "/oauth/token")
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["audience"] = audience,
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = assertion,
        }),
    };
}
