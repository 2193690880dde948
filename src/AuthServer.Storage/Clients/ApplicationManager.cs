using System.ComponentModel.DataAnnotations;
using AuthServer.Core;
using AuthServer.Core.Clients;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;

namespace AuthServer.Storage.Clients;

/// <summary>The rules of this server where OpenIddict asks its application manager for them.</summary>
internal sealed class ApplicationManager(
    IOpenIddictApplicationCache<Client> cache,
    ILogger<OpenIddictApplicationManager<Client>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<Client> store)
    : OpenIddictApplicationManager<Client>(cache, logger, options, store)
{
    /// <summary>
    /// <see cref="ClientMetadataRules"/> decide before a client is stored; the built-in rules would refuse clients with a
    /// <c>jwks_uri</c>, with credentials, and a secret that is kept for later.
    /// </summary>
    public override IAsyncEnumerable<ValidationResult> ValidateAsync(Client application, CancellationToken cancellationToken = default) =>
        AsyncEnumerable.Empty<ValidationResult>();

    /// <summary>Exact, apart from the port of a loopback address (RFC 8252 §7.3).</summary>
    public override ValueTask<bool> ValidateRedirectUriAsync(Client application, string uri, CancellationToken cancellationToken = default) =>
        new(RedirectUris.IsRegistered(application, RedirectUris.WithoutFragment(uri)));

    /// <summary>Random secrets of 380 bits need no slow hash (ASVS 6.5.2).</summary>
    protected override ValueTask<string> ObfuscateClientSecretAsync(string secret, CancellationToken cancellationToken = default) =>
        new(new Secret(secret).Hash().ReferenceId);

    /// <summary>In constant time.</summary>
    protected override ValueTask<bool> ValidateClientSecretAsync(
        string secret, string comparand, CancellationToken cancellationToken = default) =>
        new(new Secret(secret).Hash() == new TokenHash(Convert.FromBase64String(comparand)));
}
