using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace AuthServer.Core.Jose;

/// <summary>A private key that signs. Keeps one <see cref="RSA"/> per simultaneous caller: the type does not promise thread safety.</summary>
public sealed class Signer(string kid, string algorithm, byte[] pkcs8) : ISigner
{
    private readonly ConcurrentBag<RSA> idle = [];

    public string Kid { get; } = kid;

    public string Algorithm { get; } = algorithm;

    public byte[] Sign(ReadOnlySpan<byte> input)
    {
        if (!idle.TryTake(out var rsa))
        {
            rsa = RSA.Create();
            rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        }

        try
        {
            return rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        finally
        {
            idle.Add(rsa);
        }
    }
}
