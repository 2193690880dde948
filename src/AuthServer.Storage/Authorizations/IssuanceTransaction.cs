using AuthServer.Core.Authorizations;

namespace AuthServer.Storage.Authorizations;

/// <summary>
/// What one request issues. From <see cref="Begin"/> on, OpenIddict's stores add their new rows here instead of writing
/// them one by one; they are committed together after everything is signed and before the response is sent.
/// </summary>
public sealed class IssuanceTransaction
{
    private readonly List<Token> tokens = [];
    private readonly List<Token> known = [];

    /// <summary>Whether the stores collect instead of writing.</summary>
    public bool IsActive { get; private set; }

    /// <summary>The authorization that is new; null when the tokens hang on one that is stored, or on none.</summary>
    public Authorization? NewAuthorization { get; set; }

    /// <summary>The rows that are new.</summary>
    public IReadOnlyList<Token> NewTokens => tokens;

    public void Begin() => IsActive = true;

    internal void Add(Token token) => tokens.Add(token);

    /// <summary>
    /// Notes a token that was read, so that OpenIddict finds it again by its key without another query.
    /// </summary>
    internal void Note(Token token) => known.Add(token);

    internal Token? Find(Guid id) => tokens.Find(token => token.Id == id) ?? known.Find(token => token.Id == id);

    internal Authorization? FindAuthorization(Guid id) =>
        NewAuthorization?.Id == id ? NewAuthorization : known.Find(token => token.AuthorizationId == id)?.Authorization;
}
