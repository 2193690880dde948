using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace AuthServer.Web.Tests.Actions;

/// <summary>Actions sign and verify with RSA and elliptic-curve keys, as on Node.js.</summary>
public sealed class SignatureTests(ActionPoolFixture actions) : IClassFixture<ActionPoolFixture>
{
    private static readonly RSA Rsa = RSA.Create(2048);
    private static readonly ECDsa P256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TheoryData<string> Algorithms =>
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_token_is_signed_and_verified_with_a_key_in_PEM(string algorithm)
    {
        var hash = new HashAlgorithmName("SHA" + algorithm[2..]);
        using var elliptic = ECDsa.Create(algorithm switch
        {
            "ES384" => ECCurve.NamedCurves.nistP384,
            "ES512" => ECCurve.NamedCurves.nistP521,
            _ => ECCurve.NamedCurves.nistP256,
        });
        var isElliptic = algorithm.StartsWith('E');
        AsymmetricAlgorithm key = isElliptic ? elliptic : Rsa;
        var request = isElliptic
            ? new CertificateRequest("CN=x", elliptic, hash)
            : new CertificateRequest("CN=x", Rsa, hash, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);

        var result = await RunAsync(
            """
            const [first, second] = keys.privates.map((key) => jwt.sign({ a: 1 }, key, { algorithm, keyid: 'k' }));
            const seen = keys.publics.map((key) => jwt.verify(second, key, { algorithms: [algorithm] }).a);
            set([first, seen, jwt.verify(first, keys.publics[0]).a, jwt.decode(first, { complete: true }).header]);
            """,
            new
            {
                algorithm,
                privates = (string[])
                [
                    key.ExportPkcs8PrivateKeyPem(),
                    isElliptic ? elliptic.ExportECPrivateKeyPem() : Rsa.ExportRSAPrivateKeyPem(),
                ],
                publics = (string[])[key.ExportSubjectPublicKeyInfoPem(), certificate.ExportCertificatePem()],
            });

        var parts = result[0].GetString()!.Split('.');
        var data = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var signature = Base64Url.DecodeFromChars(parts[2]);
        var padding = algorithm.StartsWith('P') ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        Assert.True(isElliptic
            ? elliptic.VerifyData(data, signature, hash)
            : Rsa.VerifyData(data, signature, hash, padding));
        Assert.Equal("[1,1]", result[1].GetRawText());
        Assert.Equal(1, result[2].GetInt32());
        Assert.Equal($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"k"}""", result[3].GetRawText());
    }

    /// <summary>CVE-2015-9235: the public key must not be accepted as the secret of a MAC.</summary>
    [Theory]
    [InlineData("jwt.verify(forged, keys.rsa, { algorithms: ['HS256'] })", "must be a symmetric key when using HS256")]
    [InlineData("jwt.verify(forged, keys.rsa)", "invalid algorithm")]
    [InlineData("jwt.verify(forged, new Uint8Array(Buffer.from(keys.rsa)))", "invalid algorithm")]
    [InlineData("jwt.verify(forgedWith(keys.broken), keys.broken)", "secretOrPublicKey is not valid key material")]
    [InlineData("jwt.verify(forgedWith(keys.small), keys.small)", "An RSA key must have 2048 to 4096 bits")]
    [InlineData("jwt.verify(signed, 'x', { algorithms: ['RS256'] })", "must be an asymmetric key when using RS256")]
    [InlineData("jwt.verify(signed, keys.ec)", "invalid algorithm")]
    [InlineData("jwt.verify(signed, keys.ec, { algorithms: ['RS256'] })", "key type must be one of: ES256")]
    [InlineData("jwt.verify(unsigned, keys.rsa, { algorithms: ['none'] })", "jwt signature is required")]
    [InlineData("jwt.verify(signed.slice(0, -8) + 'AAAAAAAA', keys.rsa)", "invalid signature")]
    [InlineData("jwt.sign({}, keys.rsa)", "secretOrPrivateKey is not valid key material")]
    [InlineData("jwt.sign({}, keys.ecPrivate, { algorithm: 'ES384' })", "requires curve \"secp384r1\"")]
    public async Task A_key_is_used_only_for_its_own_algorithms(string call, string message)
    {
        using var small = RSA.Create(1024);
        var result = await RunAsync(
            $$"""
            const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
            const forgedWith = (key) => {
              const input = `${encode({ alg: 'HS256' })}.${encode({ a: 1 })}`;
              return `${input}.${crypto.createHmac('sha256', key).update(input).digest('base64url')}`;
            };
            const forged = forgedWith(keys.rsa);
            const unsigned = `${encode({ alg: 'none' })}.${encode({ a: 1 })}.`;
            const signed = jwt.sign({ a: 1 }, keys.rsaPrivate, { algorithm: 'RS256' });
            try { set(['accepted', {{call}}]); } catch (error) { set([error.message]); }
            """,
            new
            {
                rsa = Rsa.ExportSubjectPublicKeyInfoPem(),
                rsaPrivate = Rsa.ExportPkcs8PrivateKeyPem(),
                ec = P256.ExportSubjectPublicKeyInfoPem(),
                ecPrivate = P256.ExportPkcs8PrivateKeyPem(),
                small = small.ExportSubjectPublicKeyInfoPem(),
                broken = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            });

        Assert.Contains(message, result[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_functions_of_crypto_sign_and_verify()
    {
        var numbers = P256.ExportParameters(includePrivateParameters: false).Q;
        var result = await RunAsync(
            """
            const pair = [crypto.createPrivateKey(keys.rsa), crypto.createPublicKey(keys.rsa)];
            const signature = crypto.createSign('RSA-SHA256').update('a').update('b').sign(keys.rsa, 'base64');
            const jwk = crypto.createPublicKey({ key: keys.jwk, format: 'jwk' });
            const ec = crypto.sign('sha256', Buffer.from('ab'), keys.ec);
            const secret = crypto.createSecretKey('k', 'utf8');
            set([
              crypto.createVerify('SHA256').update('ab').verify(pair[1], signature, 'base64'),
              crypto.createVerify('SHA256').update('ac').verify(pair[1], signature, 'base64'),
              crypto.verify('sha256', Buffer.from('ab'), jwk, ec),
              pair.map((key) => [key.type, key.asymmetricKeyType, key.asymmetricKeyDetails.modulusLength]),
              crypto.createPublicKey({ key: Buffer.from(keys.der, 'base64'), format: 'der', type: 'spki' }).equals(jwk),
              crypto.createHmac('sha256', secret).update('x').digest('hex')
                === crypto.createHmac('sha256', 'k').update('x').digest('hex'),
              pair[1].export({ type: 'spki', format: 'pem' }) === keys.spki + '\n',
            ]);
            """,
            new
            {
                rsa = Rsa.ExportPkcs8PrivateKeyPem(),
                spki = Rsa.ExportSubjectPublicKeyInfoPem(),
                ec = P256.ExportECPrivateKeyPem(),
                der = Convert.ToBase64String(P256.ExportSubjectPublicKeyInfo()),
                jwk = new
                {
                    kty = "EC",
                    crv = "P-256",
                    x = Base64Url.EncodeToString(numbers.X),
                    y = Base64Url.EncodeToString(numbers.Y),
                },
            });

        Assert.Equal(
            """[true,false,true,[["private","rsa",2048],["public","rsa",2048]],true,true,true]""",
            result.GetRawText());
    }

    [Fact]
    public async Task Operations_with_keys_are_counted()
    {
        var result = await RunAsync(
            """
            let count = 0;
            try { for (; count < 200; count++) crypto.createPublicKey(keys.key); } catch (error) {
              set([count, error.message]);
            }
            """,
            new { key = P256.ExportSubjectPublicKeyInfoPem() });

        Assert.Equal("""[100,"An Action may use keys 100 times"]""", result.GetRawText());
    }

    private async Task<JsonElement> RunAsync(string body, object keys)
    {
        var result = await actions.RunAsync(
            $$"""
            const crypto = require('crypto');
            const jwt = require('jsonwebtoken');
            const keys = {{JsonSerializer.Serialize(keys)}};
            const { algorithm } = keys;
            exports.onExecutePostLogin = async (event, api) => {
              const set = (value) => api.idToken.setCustomClaim('v', value);
              {{body}}
            };
            """);
        Assert.Null(result.Error);
        return result.Commands[0][2];
    }
}
