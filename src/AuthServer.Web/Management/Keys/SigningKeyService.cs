using System.Text.Json.Nodes;
using AuthServer.Core.Jose;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Keys;

/// <summary>The keys that sign tokens, and their rotation.</summary>
internal sealed class SigningKeyService(IKeyStore keys, TimeProvider time)
{
    private static ManagementException Missing =>
        ManagementError.NotFound("The signing key does not exist", "inexistent_signing_key").AsException();

    /// <summary>The keys of one algorithm, because Auth0's list has one current key.</summary>
    public async Task<JsonArray> ListAsync(string algorithm, CancellationToken ct)
    {
        if (!Algorithms.Signing.Contains(algorithm, StringComparer.Ordinal))
            throw Query.Bad($"Expected one of {string.Join(", ", Algorithms.Signing)} on property alg");
        var ofAlgorithm = (await keys.ListAsync(ct)).Where(key => key.Algorithm == algorithm);
        return [.. ofAlgorithm.Select(SigningKeyModel.Write)];
    }

    public async Task<JsonObject> GetAsync(string kid, CancellationToken ct) => SigningKeyModel.Write(
        (await keys.ListAsync(ct)).FirstOrDefault(key => key.Kid == kid) ?? throw Missing);

    public async Task<JsonObject> RotateAsync(CancellationToken ct) =>
        SigningKeyModel.Short(await keys.RotateAsync(time.GetUtcNow(), ct));

    public async Task<JsonObject> RevokeAsync(string kid, CancellationToken ct) =>
        SigningKeyModel.Short(await keys.RevokeAsync(kid, time.GetUtcNow(), ct) ?? throw Missing);
}
