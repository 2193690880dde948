using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using OpenIddict.EntityFrameworkCore;

namespace AuthServer.Storage.Authorizations;

/// <summary>
/// OpenIddict's token store. During an issuance it collects new rows in the <see cref="IssuanceTransaction"/>; keys are
/// used where the base class loads navigations, because clients come from the catalogue and are never tracked.
/// </summary>
internal sealed class TokenStore(
    IMemoryCache cache,
    IOpenIddictEntityFrameworkCoreContext context,
    IOptionsMonitor<OpenIddictEntityFrameworkCoreOptions> options,
    IssuanceTransaction issuance,
    IStoredTokens stored,
    TimeProvider time)
    : OpenIddictEntityFrameworkCoreTokenStore<Token, Client, Authorization, Guid>(cache, context, options)
{
    public override ValueTask<Token> InstantiateAsync(CancellationToken cancellationToken) =>
        new(new Token { Id = Guid.CreateVersion7(time.GetUtcNow()) });

    public override ValueTask CreateAsync(Token token, CancellationToken cancellationToken)
    {
        if (!issuance.IsActive)
            return base.CreateAsync(token, cancellationToken);
        issuance.Add(token);
        return default;
    }

    /// <summary>A row of the issuance is written when that commits.</summary>
    public override ValueTask UpdateAsync(Token token, CancellationToken cancellationToken) =>
        issuance.IsActive ? default : base.UpdateAsync(token, cancellationToken);

    public override async ValueTask<Token?> FindByReferenceIdAsync(
        string identifier, CancellationToken cancellationToken)
    {
        var token = await stored.FindAsync(identifier, cancellationToken);
        if (token is not null)
            issuance.Note(token);
        return token;
    }

    public override ValueTask<Token?> FindByIdAsync(string identifier, CancellationToken cancellationToken) =>
        issuance.Find(Guid.Parse(identifier)) is { } known
            ? new(known)
            : base.FindByIdAsync(identifier, cancellationToken);

    public override ValueTask<string?> GetApplicationIdAsync(Token token, CancellationToken cancellationToken) =>
        new(token.ApplicationId?.ToString());

    public override ValueTask SetApplicationIdAsync(
        Token token, string? identifier, CancellationToken cancellationToken)
    {
        token.ApplicationId = identifier is null ? null : Guid.Parse(identifier);
        return default;
    }

    public override ValueTask<string?> GetAuthorizationIdAsync(Token token, CancellationToken cancellationToken) =>
        new(token.AuthorizationId?.ToString());

    public override ValueTask SetAuthorizationIdAsync(
        Token token, string? identifier, CancellationToken cancellationToken)
    {
        token.AuthorizationId = identifier is null ? null : Guid.Parse(identifier);
        return default;
    }
}
