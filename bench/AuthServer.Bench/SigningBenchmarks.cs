using System.Security.Cryptography;
using AuthServer.Core.Jose;
using BenchmarkDotNet.Attributes;

namespace AuthServer.Bench;

/// <summary>A JWT, from its claims to the text: the signature is most of a token.</summary>
[MemoryDiagnoser]
public class SigningBenchmarks
{
    private Signer signer = null!;

    [GlobalSetup]
    public void Begin()
    {
#pragma warning disable RS0030 // A key to measure with.
        using var key = RSA.Create(2048);
#pragma warning restore RS0030
        signer = new Signer("kid", "RS256", key.ExportPkcs8PrivateKey());
    }

    [Benchmark]
    public string Rs256() => JwtWriter.Sign(signer, "JWT", json =>
    {
        json.WriteString("iss", "https://login.example.com/");
        json.WriteString("sub", "auth0|0123456789abcdef01234567");
        json.WriteString("aud", "urn:api");
        json.WriteNumber("exp", 2_000_000_000);
    });
}
