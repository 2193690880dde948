using System.Collections.Immutable;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using OpenIddict.Abstractions;

namespace AuthServer.Storage;

/// <summary>
/// In the place of OpenIddict's entity caches, which are switched off and yet made for each request. Clients are cached
/// by <see cref="Catalogue"/>; tokens and authorizations never are.
/// </summary>
internal sealed class NoEntityCache :
    IOpenIddictApplicationCache<Client>, IOpenIddictAuthorizationCache<Authorization>, IOpenIddictTokenCache<Token>
{
    ValueTask IOpenIddictApplicationCache<Client>.AddAsync(
        Client application, CancellationToken cancellationToken) => default;

    ValueTask<Client?> IOpenIddictApplicationCache<Client>.FindByClientIdAsync(
        string identifier, CancellationToken cancellationToken) => default;

    ValueTask<Client?> IOpenIddictApplicationCache<Client>.FindByIdAsync(
        string identifier, CancellationToken cancellationToken) => default;

    IAsyncEnumerable<Client> IOpenIddictApplicationCache<Client>.FindByPostLogoutRedirectUriAsync(
        string uri, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Client>();

    IAsyncEnumerable<Client> IOpenIddictApplicationCache<Client>.FindByRedirectUriAsync(
        string uri, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Client>();

    ValueTask IOpenIddictApplicationCache<Client>.RemoveAsync(
        Client application, CancellationToken cancellationToken) => default;

    ValueTask IOpenIddictAuthorizationCache<Authorization>.AddAsync(
        Authorization authorization, CancellationToken cancellationToken) => default;

    IAsyncEnumerable<Authorization> IOpenIddictAuthorizationCache<Authorization>.FindAsync(
        string? subject,
        string? client,
        string? status,
        string? type,
        ImmutableArray<string>? scopes,
        CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<Authorization>();

    IAsyncEnumerable<Authorization> IOpenIddictAuthorizationCache<Authorization>.FindByApplicationIdAsync(
        string identifier, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Authorization>();

    ValueTask<Authorization?> IOpenIddictAuthorizationCache<Authorization>.FindByIdAsync(
        string identifier, CancellationToken cancellationToken) => default;

    IAsyncEnumerable<Authorization> IOpenIddictAuthorizationCache<Authorization>.FindBySubjectAsync(
        string subject, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Authorization>();

    ValueTask IOpenIddictAuthorizationCache<Authorization>.RemoveAsync(
        Authorization authorization, CancellationToken cancellationToken) => default;

    ValueTask IOpenIddictTokenCache<Token>.AddAsync(Token token, CancellationToken cancellationToken) => default;

    IAsyncEnumerable<Token> IOpenIddictTokenCache<Token>.FindAsync(
        string? subject, string? client, string? status, string? type, CancellationToken cancellationToken) =>
        AsyncEnumerable.Empty<Token>();

    IAsyncEnumerable<Token> IOpenIddictTokenCache<Token>.FindByApplicationIdAsync(
        string identifier, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Token>();

    IAsyncEnumerable<Token> IOpenIddictTokenCache<Token>.FindByAuthorizationIdAsync(
        string identifier, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Token>();

    ValueTask<Token?> IOpenIddictTokenCache<Token>.FindByIdAsync(
        string identifier, CancellationToken cancellationToken) => default;

    ValueTask<Token?> IOpenIddictTokenCache<Token>.FindByReferenceIdAsync(
        string identifier, CancellationToken cancellationToken) => default;

    IAsyncEnumerable<Token> IOpenIddictTokenCache<Token>.FindBySubjectAsync(
        string subject, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Token>();

    ValueTask IOpenIddictTokenCache<Token>.RemoveAsync(Token token, CancellationToken cancellationToken) => default;
}
