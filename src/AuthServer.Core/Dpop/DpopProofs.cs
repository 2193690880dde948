using System.Buffers.Text;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;

namespace AuthServer.Core.Dpop;

/// <summary>
/// Decides about proofs of possession: at the endpoints that clients call in their own name, and at this server's own
/// resources. A proof is marked as used last, when nothing else is left to refuse.
/// </summary>
public sealed class DpopProofs(IReplayCache replayCache, IUnvettedClientLimits limits)
{
    /// <summary>
    /// Reads the proof of a request, when there is one. Marks nothing as used, so that a client that must repeat the
    /// request with a nonce can.
    /// </summary>
    public static async Task<Result<ProofRead>> ReadAsync(Tenant tenant, SentProof? sent, DateTimeOffset now)
    {
        if (sent is null)
            return new ProofRead(null);
        var read = await DpopProof.ReadAsync(sent, tenant.Issuer.At(sent.Path), now);
        if (!read.Succeeded(out var proof, out var refused))
            return refused;
        return proof.Nonce is null || DpopNonces.IsCurrent(proof.Nonce, tenant, now)
            ? new ProofRead(proof)
            : WantsNonce;
    }

    /// <summary>
    /// For a client that is known by now: public ones need a proof with a nonce at the token endpoint, and the
    /// <c>jti</c> is marked as used for every node (RFC 9449 §11.1).
    /// </summary>
    /// <returns>Null when the request may continue.</returns>
    public async Task<OAuthError?> AdmitAsync(DpopProof? proof, Client client, bool needsNonce, CancellationToken ct)
    {
        if (proof is null)
            return null;
        if (needsNonce && proof.Nonce is null)
            return WantsNonce;
        return limits.TryMarkUsed(client)
            ? await MarkUsedAsync(proof, ct)
            : OAuthError.TooManyRequests("Too many DPoP proofs. Try again later.");
    }

    private async Task<OAuthError?> MarkUsedAsync(DpopProof proof, CancellationToken ct)
    {
        var value = new Secret($"dpop-proof {proof.Thumbprint} {proof.Jti}").Hash();
        return await replayCache.TryAddAsync(value, proof.Ends, ct)
            ? null
            : OAuthError.InvalidDpopProof("Invalid DPoP proof: used before");
    }

    /// <summary>Whether a token that was read is presented as it must be (RFC 9449 §7.1 and §7.2).</summary>
    /// <param name="tenant">Of the request.</param>
    /// <param name="presented">The token with what came along.</param>
    /// <param name="thumbprint">Of the key that the token is bound to; null for a bearer token.</param>
    /// <param name="now">The moment.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Null when it is.</returns>
    public async Task<OAuthError?> CheckAsync(
        Tenant tenant, PresentedToken presented, string? thumbprint, DateTimeOffset now, CancellationToken ct)
    {
        if (presented.Proof is null)
            return thumbprint is null
                ? null
                : OAuthError.InvalidToken(
                    "The access token is bound to a key: it comes with the scheme DPoP and a proof");
        if (thumbprint is null)
            return OAuthError.InvalidToken("The access token is bound to no key: it comes with the scheme Bearer");
        if (!(await ReadAsync(tenant, presented.Proof, now)).Succeeded(out var read, out var refused))
            return refused;

        var proof = read.Proof!;
        if (proof.TokenHash != Base64Url.EncodeToString(presented.Value.Hash().Bytes))
            return OAuthError.InvalidDpopProof("Invalid DPoP proof: ath is not the hash of the access token");
        if (proof.Thumbprint != thumbprint)
            return OAuthError.InvalidToken("Invalid DPoP key binding");
        return await MarkUsedAsync(proof, ct);
    }

    /// <summary>
    /// Reason why a token needs a proof: the client or the API accepts only sender-constrained tokens (ASVS 10.4.14).
    /// </summary>
    public static OAuthError? Missing(string? thumbprint, Client client, ResourceServer? api) =>
        thumbprint is null && (client.RequireProofOfPossession || api?.ProofOfPossession?.IsNeededBy(client) == true)
            ? OAuthError.InvalidDpopProof("A DPoP proof is required")
            : null;

    private static OAuthError WantsNonce =>
        OAuthError.UseDpopNonce("The DPoP proof needs the nonce of the header DPoP-Nonce");
}

/// <param name="Proof">Null when none was sent.</param>
public sealed record ProofRead(DpopProof? Proof);
