using System.Security.Cryptography;
using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using BenchmarkDotNet.Attributes;

namespace AuthServer.Bench;

/// <summary>A JWT, from its claims to the text: the signature is most of a token.</summary>
[MemoryDiagnoser]
public class SigningBenchmarks
{
    private Signer rsa = null!;
    private Signer elliptic = null!;

    [GlobalSetup]
    public void Begin()
    {
#pragma warning disable RS0030 // A key to measure with.
        using var modulus = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
#pragma warning restore RS0030
        rsa = new Signer("kid", Algorithms.Rs256, modulus.ExportPkcs8PrivateKey());
        elliptic = new Signer("kid", Algorithms.Es256, curve.ExportPkcs8PrivateKey());
    }

    [Benchmark]
    public string Rs256() => Sign(rsa);

    [Benchmark]
    public string Es256() => Sign(elliptic);

    private static string Sign(Signer signer) => JwtWriter.Sign(signer, "JWT", json =>
    {
        json.WriteString("iss", "https://login.example.com/");
        json.WriteString("sub", "auth0|0123456789abcdef01234567");
        json.WriteString("aud", "urn:api");
        json.WriteNumber("exp", 2_000_000_000);
    });
}
