using AuthServer.Core.Model;

namespace AuthServer.Core.Authorizations;

/// <summary>Reads and revokes single tokens.</summary>
public interface IStoredTokens
{
    /// <summary>The token of that type with its authorization and user, whatever its status.</summary>
    /// <param name="hash">Of its value.</param>
    /// <param name="type">One of OpenIddict's token type identifiers.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<Token?> FindAsync(TokenHash hash, string type, CancellationToken ct);

    /// <summary>The token of any type, with its authorization and user when it has one, whatever its status.</summary>
    /// <param name="referenceId"><see cref="TokenHash.ReferenceId"/> of its value.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<Token?> FindAsync(string referenceId, CancellationToken ct);

    /// <summary>Lets a valid token live until then, or longer when it does already.</summary>
    /// <returns>False when there is none.</returns>
    Task<bool> TryExtendAsync(string referenceId, DateTimeOffset until, CancellationToken ct);

    Task RevokeAsync(TokenHash hash, CancellationToken ct);
}
