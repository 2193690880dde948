using System.ComponentModel.DataAnnotations;
using AuthServer.Core;
using AuthServer.Core.Authorizations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;

namespace AuthServer.Storage.Authorizations;

/// <summary>
/// OpenIddict's token manager without its query for a token of the same reference id: those come from 256 random bits,
/// and the index is unique.
/// </summary>
internal sealed class TokenManager(
    IOpenIddictTokenCache<Token> cache,
    ILogger<OpenIddictTokenManager<Token>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictTokenStore<Token> store)
    : OpenIddictTokenManager<Token>(cache, logger, options, store)
{
    public override IAsyncEnumerable<ValidationResult> ValidateAsync(
        Token token, CancellationToken cancellationToken = default) => AsyncEnumerable.Empty<ValidationResult>();

    /// <summary>The same digest as the built-in one, which asks CryptoConfig for SHA-256 by its name.</summary>
    protected override ValueTask<string> ObfuscateReferenceIdAsync(
        string identifier, CancellationToken cancellationToken = default) =>
        new(new Secret(identifier).Hash().ReferenceId);
}
