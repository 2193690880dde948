using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthServer.Core.Jose;
using AuthServer.Core.Jwt;
using Microsoft.IdentityModel.Tokens;

namespace AuthServer.Core.Tests.Jwt;

/// <summary>RFC 7515 and RFC 8725: which input is parsed as a token, and which key verifies it.</summary>
public sealed class JwtVerifierTests
{
    private static readonly RSA Rsa = RSA.Create(2048);

    private static string Signed(string payload = """{"sub":"x"}""") =>
        JwtWriter.Sign(new Signer("kid", "RS256", Rsa.ExportPkcs8PrivateKey()), "JWT", Encoding.UTF8.GetBytes(payload));

    private static JsonWebKey? Key(string algorithm = "RS256") =>
        X509PublicKeys.FromPem(Rsa.ExportSubjectPublicKeyInfoPem(), algorithm);

    [Fact]
    public async Task A_token_of_the_signer_verifies_with_its_key()
    {
        Assert.Equal("x", (await JwtVerifier.VerifyAsync(UnverifiedJwt.Parse(Signed())!, Key()))!.Text("sub"));
    }

    [Fact]
    public async Task A_token_verifies_with_the_key_that_signed_it_only()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signer = new Signer("kid", "ES256", own.ExportPkcs8PrivateKey());
        var jwt = UnverifiedJwt.Parse(JwtWriter.Sign(signer, "JWT", "{}"u8))!;
        var ownKey = X509PublicKeys.FromPem(own.ExportSubjectPublicKeyInfoPem(), "ES256");
        var otherKey = X509PublicKeys.FromPem(other.ExportSubjectPublicKeyInfoPem(), "ES256");

        Assert.NotNull(await JwtVerifier.VerifyAsync(jwt, ownKey));
        Assert.Null(await JwtVerifier.VerifyAsync(jwt, otherKey));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_change_in_any_segment_breaks_it(int segment)
    {
        var segments = Signed().Split('.');
        var changed = segments[segment].ToCharArray();
        changed[8] = changed[8] == 'A' ? 'B' : 'A';
        segments[segment] = new string(changed);
        var jwt = UnverifiedJwt.Parse(string.Join('.', segments));

        Assert.Null(jwt is null ? null : await JwtVerifier.VerifyAsync(jwt, Key()));
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("none")]
    [InlineData("ES256")]
    [InlineData("RS512")]
    public void A_key_is_not_read_for_an_algorithm_that_is_not_its_own(string algorithm)
    {
        Assert.Null(PublicKeys.Read(PublicKeys.Write(Key()!), algorithm));
        Assert.Null(Key(algorithm));
    }

    [Theory]
    [InlineData("RS256", true)]
    [InlineData("none", false)]
    [InlineData("HS256", false)]
    [InlineData("PS256", false)]
    [InlineData("RS384", false)]
    [InlineData("ES256", false)]
    public async Task An_RS256_signature_passes_under_RS256_only(string algorithm, bool passes)
    {
        var header = Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}"}""");
        var input = Base64Url.EncodeToString(header) + ".e30";
        var signature = Rsa.SignData(
            Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var jwt = UnverifiedJwt.Parse($"{input}.{Base64Url.EncodeToString(signature)}")!;

        Assert.Equal(passes, await JwtVerifier.VerifyAsync(jwt, Key()) is not null);
        Assert.Null(await JwtVerifier.VerifyAsync(jwt, key: null));
    }

    [Fact]
    public async Task A_public_key_is_not_a_shared_secret()
    {
        var input = Base64Url.EncodeToString("""{"alg":"HS256"}"""u8) + ".e30";
        var secret = Encoding.UTF8.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem());
        var mac = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input));
        var jwt = UnverifiedJwt.Parse($"{input}.{Base64Url.EncodeToString(mac)}")!;

        Assert.Null(await JwtVerifier.VerifyAsync(jwt, Key()));
        Assert.Empty(PublicKeys.OfSet($$"""{"keys":[{{PublicKeys.Write(Key()!)}}]}""", jwt));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("e30.e30.")]
    [InlineData("e30.e30.AA")]
    [InlineData(".e30.AA")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.e30.AA.AA.AA")]
    public void A_part_of_a_token_is_not_parsed(string text)
    {
        Assert.Null(UnverifiedJwt.Parse(text));
    }

    [Fact]
    public void White_space_and_padding_are_refused()
    {
        Assert.Null(UnverifiedJwt.Parse(Signed() + " "));
        Assert.Null(UnverifiedJwt.Parse(Signed() + "="));
        Assert.Null(UnverifiedJwt.Parse(Signed().Replace(".", "\n.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_token_is_refused_beyond_the_maximum_length(int excess, bool isParsed)
    {
        var input = Base64Url.EncodeToString("""{"alg":"RS256"}"""u8) + ".e30.";

        var token = input + new string('A', UnverifiedJwt.MaxLength - input.Length + excess);

        Assert.Equal(isParsed, UnverifiedJwt.Parse(token) is not null);
    }

    [Theory]
    [InlineData("""{"alg":"RS256","crit":["exp"]}""")]
    [InlineData("""{"alg":"RS256","b64":true}""")]
    [InlineData("""{"alg":["RS256"]}""")]
    [InlineData("""{"alg":null}""")]
    [InlineData("""["RS256"]""")]
    [InlineData("not json")]
    [InlineData("""{"alg":"\ud800"}""")]
    public void A_header_with_unsupported_members_is_refused(string header)
    {
        Assert.Null(UnverifiedJwt.Parse($"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.e30.AAAA"));
    }

    [Theory]
    [InlineData("7B2273223A22FF227D")]
    [InlineData("7B2273223A225C7564383030227D")]
    [InlineData("7B7D7B7D")]
    [InlineData("5B5D")]
    [InlineData("6E756C6C")]
    [InlineData("")]
    public void A_payload_that_is_not_one_object_of_readable_text_is_refused(string octets)
    {
        var payload = Base64Url.EncodeToString(Convert.FromHexString(octets));

        Assert.Null(UnverifiedJwt.Parse($"{Base64Url.EncodeToString("""{"alg":"RS256"}"""u8)}.{payload}.AAAA"));
    }

    [Theory]
    [InlineData("100", true)]
    [InlineData("\"100\"", false)]
    [InlineData("1e2", false)]
    [InlineData("100.5", false)]
    [InlineData("-1", false)]
    [InlineData("1e30", false)]
    public void A_time_is_a_whole_number_of_seconds(string json, bool isTime)
    {
        Assert.All(["exp", "auth_time"], claim => Assert.Equal(
            isTime,
            UnverifiedJwt.Parse(Signed($$"""{"{{claim}}":{{json}}}"""))?.Payload.Time(claim) is not null));
    }
}
