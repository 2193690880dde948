using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using AuthServer.Core.Jose;
using AuthServer.Core.Jwt;

namespace AuthServer.Core.Tests.Jwt;

/// <summary>RFC 7517 and RFC 7518: which keys of other parties are accepted.</summary>
public sealed class PublicKeysTests
{
    private const string RsaOfTheRfc =
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWK"
        + "RXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMic"
        + "AtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3"
        + "XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    [Fact]
    public void A_weak_key_is_not_accepted_as_PEM()
    {
        using var weak = RSA.Create(1024);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var strong = RSA.Create(2048);

        Assert.Null(X509PublicKeys.FromPem(weak.ExportSubjectPublicKeyInfoPem(), "RS256"));
        Assert.Null(X509PublicKeys.FromPem(p384.ExportSubjectPublicKeyInfoPem(), "ES256"));
        Assert.Null(X509PublicKeys.FromPem(strong.ExportPkcs8PrivateKeyPem(), "RS256"));
        Assert.Null(X509PublicKeys.FromPem(strong.ExportSubjectPublicKeyInfoPem(), "ES256"));
        Assert.Null(X509PublicKeys.FromPem("nonsense", "RS256"));
        Assert.Null(X509PublicKeys.FromPem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "RS256"));
        Assert.NotNull(X509PublicKeys.FromPem(strong.ExportSubjectPublicKeyInfoPem(), "RS256"));
    }

    [Fact]
    public void Zeros_before_a_modulus_add_nothing_to_its_size_and_thumbprint()
    {
        var octets = Base64Url.DecodeFromChars(RsaOfTheRfc);
        var padded = PublicKeys.Read(Rsa([0, .. octets]), "RS256")!;

        Assert.Null(PublicKeys.Read(Rsa([.. new byte[128], .. octets.AsSpan(0, 128)]), "RS256"));
        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", PublicKeys.ThumbprintOf(padded));
    }

    /// <summary>The example of RFC 7638 §3.1.</summary>
    [Fact]
    public void The_thumbprint_is_that_of_the_rfc()
    {
        var modulus = Base64Url.DecodeFromChars(RsaOfTheRfc);
        using var key = RSA.Create(new RSAParameters { Exponent = [1, 0, 1], Modulus = modulus });
        var read = X509PublicKeys.FromPem(key.ExportSubjectPublicKeyInfoPem(), "RS256")!;

        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", PublicKeys.ThumbprintOf(read));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"RSA\"")]
    [InlineData("not json")]
    [InlineData("""{"kty":"oct","k":"AAAA"}""")]
    [InlineData("""{"kty":"RSA","n":"****","e":"AQAB"}""")]
    [InlineData("""{"kty":"RSA","n":5,"e":"AQAB"}""")]
    [InlineData("""{"kty":"RSA","n":"","e":""}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-384","x":"AAAA","y":"AAAA"}""")]
    public void A_malformed_key_is_not_read(string jwk)
    {
        Assert.All(["RS256", "ES256"], algorithm => Assert.Null(PublicKeys.Read(jwk, algorithm)));
    }

    [Fact]
    public async Task A_point_off_the_curve_verifies_nothing()
    {
        using var signing = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signer = new Signer("kid", "ES256", signing.ExportPkcs8PrivateKey());
        var jwt = UnverifiedJwt.Parse(JwtWriter.Sign(signer, "JWT", "{}"u8))!;
        var coordinate = Base64Url.EncodeToString([1, .. new byte[31]]);
        var jwk = $$"""{"kty":"EC","crv":"P-256","x":"{{coordinate}}","y":"{{coordinate}}"}""";
        var key = PublicKeys.Read(jwk, "ES256");

        Assert.Null(await JwtVerifier.VerifyAsync(jwt, key));
    }

    [Fact]
    public async Task A_certificate_in_a_jwk_does_not_replace_its_key()
    {
        using var attacker = RSA.Create(2048);
        using var victim = RSA.Create(2048);
        var request = new CertificateRequest("CN=x", attacker, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var issued = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(99));
        var certificate = Convert.ToBase64String(issued.RawData);
        var jwk = Rsa(victim.ExportParameters(false).Modulus)[..^1] + $$""","x5c":["{{certificate}}"]}""";
        var input = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
            new { alg = "RS256", jwk = JsonDocument.Parse(jwk).RootElement })) + ".e30";
        var signature = attacker.SignData(
            Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var jwt = UnverifiedJwt.Parse($"{input}.{Base64Url.EncodeToString(signature)}")!;
        var key = PublicKeys.Embedded(jwt)!;

        Assert.Equal(Base64Url.EncodeToString(victim.ExportParameters(false).Modulus), key.N);
        Assert.Null(await JwtVerifier.VerifyAsync(jwt, key));
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(4096, true)]
    [InlineData(8192, false)]
    public void A_key_in_a_header_has_at_most_4096_bits(int size, bool isAccepted)
    {
        var jwk = Rsa([.. Enumerable.Repeat((byte)0xff, size / 8)]);
        var header = Encoding.ASCII.GetBytes($$"""{"alg":"RS256","jwk":{{jwk}}}""");
        var jwt = UnverifiedJwt.Parse($"{Base64Url.EncodeToString(header)}.e30.AAAA")!;

        Assert.Equal(isAccepted, PublicKeys.Embedded(jwt) is not null);
    }

    [Theory]
    [InlineData(2040, false)]
    [InlineData(2048, true)]
    [InlineData(8192, true)]
    [InlineData(8200, false)]
    public void A_registered_key_has_2048_to_8192_bits(int size, bool isAccepted)
    {
        var jwk = Rsa([.. Enumerable.Repeat((byte)0xff, size / 8)]);

        Assert.All(
            ["RS256", "RS384", "PS256"], alg => Assert.Equal(isAccepted, PublicKeys.Read(jwk, alg) is not null));
    }

    [Theory]
    [InlineData("""{"alg":"RS256"}""", "", true)]
    [InlineData("""{"alg":"RS256"}""", ",\"kid\":\"a\"", true)]
    [InlineData("""{"alg":"RS256","kid":"a"}""", ",\"kid\":\"a\"", true)]
    [InlineData("""{"alg":"RS256","kid":"a"}""", ",\"kid\":\"b\"", false)]
    [InlineData("""{"alg":"RS256","kid":"a"}""", "", false)]
    [InlineData("""{"alg":"RS256"}""", ",\"use\":\"sig\"", true)]
    [InlineData("""{"alg":"RS256"}""", ",\"use\":\"enc\"", false)]
    [InlineData("""{"alg":"RS256"}""", ",\"alg\":\"RS256\"", true)]
    [InlineData("""{"alg":"RS256"}""", ",\"alg\":\"PS256\"", false)]
    public void A_key_of_a_set_is_used_only_as_it_says(string header, string members, bool isUsed)
    {
        var key = Rsa(Base64Url.DecodeFromChars(RsaOfTheRfc))[..^1] + members + "}";

        Assert.Equal(isUsed ? 1 : 0, PublicKeys.OfSet(Set(key), Unsigned(header)).Count);
    }

    [Fact]
    public void A_set_is_a_list_of_at_most_20_objects()
    {
        var key = Rsa(Base64Url.DecodeFromChars(RsaOfTheRfc));

        int CountOf(string set) => PublicKeys.OfSet(set, Unsigned("""{"alg":"RS256"}""")).Count;

        Assert.Equal(20, CountOf(Set(Enumerable.Repeat(key, 20))));
        Assert.All(
            [Set(Enumerable.Repeat(key, 21)), Set(key, "null"), $"[{key}]", $$"""{"keys":{{key}}}""", "{}", "keys"],
            set => Assert.Equal(0, CountOf(set)));
    }

    [Theory]
    [InlineData("d", true)]
    [InlineData("p", true)]
    [InlineData("q", true)]
    [InlineData("dp", true)]
    [InlineData("dq", true)]
    [InlineData("qi", true)]
    [InlineData("oth", true)]
    [InlineData("k", true)]
    [InlineData("n", false)]
    public void A_private_member_is_recognized(string member, bool isPrivate)
    {
        var jwk = JsonDocument.Parse($$"""{"kty":"RSA","{{member}}":"AQAB"}""").RootElement;

        Assert.Equal(isPrivate, PublicKeys.HasPrivateMember(jwk));
    }

    private static UnverifiedJwt Unsigned(string header) =>
        UnverifiedJwt.Parse($"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.e30.AAAA")!;

    private static string Set(params IEnumerable<string> keys) => $$"""{"keys":[{{string.Join(',', keys)}}]}""";

    private static string Rsa(ReadOnlySpan<byte> modulus) =>
        $$"""{"kty":"RSA","e":"AQAB","n":"{{Base64Url.EncodeToString(modulus)}}"}""";
}
