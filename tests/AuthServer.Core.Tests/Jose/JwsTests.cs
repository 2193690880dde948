using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using AuthServer.Core.Jose;

namespace AuthServer.Core.Tests.Jose;

/// <summary>RFC 7515 and RFC 8725: what is read as a token, and with whose key.</summary>
public sealed class JwsTests
{
    private static readonly RSA Rsa = RSA.Create(2048);

    private static string Signed(string payload = """{"sub":"x"}""") =>
        Jws.Sign(new Signer("kid", "RS256", Rsa.ExportPkcs8PrivateKey()), "JWT", Encoding.UTF8.GetBytes(payload));

    private static VerificationKey Key(string algorithm = "RS256") => new(algorithm, Rsa);

    [Fact]
    public void A_token_of_ours_verifies_with_our_key()
    {
        Assert.Equal("x", Jws.Read(Signed())!.Verify(Key())!.Text("sub"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_change_in_any_segment_breaks_it(int segment)
    {
        var segments = Signed().Split('.');
        var changed = segments[segment].ToCharArray();
        changed[8] = changed[8] == 'A' ? 'B' : 'A';
        segments[segment] = new string(changed);

        Assert.Null(Jws.Read(string.Join('.', segments))?.Verify(Key()));
    }

    [Fact]
    public void The_key_decides_the_algorithm_and_never_the_header()
    {
        var jws = Jws.Read(Signed())!;

        Assert.Null(jws.Verify(Key("PS256")));
        Assert.Null(jws.Verify(null));
        Assert.Throws<ArgumentException>(() => Key("HS256"));
        Assert.Throws<ArgumentException>(() => Key("none"));
        Assert.Throws<ArgumentException>(() => Key("ES256"));
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
    public void Half_a_token_is_none(string text)
    {
        Assert.Null(Jws.Read(text));
    }

    [Fact]
    public void White_space_padding_and_length_are_refused_before_anything_is_decoded()
    {
        Assert.Null(Jws.Read(Signed() + " "));
        Assert.Null(Jws.Read(Signed() + "="));
        Assert.Null(Jws.Read(Signed().Replace(".", "\n.", StringComparison.Ordinal)));
        Assert.Null(Jws.Read(new string('a', Jws.Longest) + ".e30.AA"));
    }

    [Theory]
    [InlineData("""{"alg":"RS256","crit":["exp"]}""")]
    [InlineData("""{"alg":"RS256","b64":true}""")]
    [InlineData("""{"alg":["RS256"]}""")]
    [InlineData("""["RS256"]""")]
    [InlineData("not json")]
    public void A_header_that_asks_for_more_than_we_know_is_refused(string header)
    {
        Assert.Null(Jws.Read($"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.e30.AAAA"));
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
        Assert.Equal(isTime, Jws.Read(Signed($$"""{"exp":{{json}}}"""))!.Verify(Key())!.Time("exp") is not null);
    }

    [Fact]
    public void A_weak_key_is_no_key()
    {
        using var weak = RSA.Create(1024);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.Null(PublicJwk.FromPem(weak.ExportSubjectPublicKeyInfoPem(), "RS256"));
        Assert.Null(PublicJwk.FromPem(p384.ExportSubjectPublicKeyInfoPem(), "ES256"));
        Assert.Null(PublicJwk.FromPem(Rsa.ExportPkcs8PrivateKeyPem(), "RS256"));
        Assert.Null(PublicJwk.FromPem("nonsense", "RS256"));
        Assert.NotNull(PublicJwk.FromPem(Rsa.ExportSubjectPublicKeyInfoPem(), "RS256"));
    }

    /// <summary>The example of RFC 7638 §3.1.</summary>
    [Fact]
    public void The_thumbprint_is_that_of_the_rfc()
    {
        using var key = RSA.Create(new RSAParameters
        {
            Exponent = [1, 0, 1],
            Modulus = Base64Url.DecodeFromChars("0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"),
        });

        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", PublicJwk.FromPem(key.ExportSubjectPublicKeyInfoPem(), "RS256")!.Value.Thumbprint);
    }
}
