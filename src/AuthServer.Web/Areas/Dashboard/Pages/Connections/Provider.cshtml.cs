using AuthServer.Core.Federation;
using AuthServer.Web.Management.Connections;
using Microsoft.AspNetCore.Mvc;

namespace AuthServer.Web.Areas.Dashboard.Pages.Connections;

/// <summary>Whether the provider's documents can be had, and the keys that verify its tokens.</summary>
internal sealed class ProviderModel(DashboardServices services, ConnectionService connections)
    : ConnectionPage(services, connections)
{
    public ProviderStatus Status { get; private set; } = null!;

    /// <summary>The URLs that are used, with the last part of the key of their texts.</summary>
    public IEnumerable<(string Name, string Url)> Endpoints => Status.Metadata is not { } metadata
        ? []
        :
        [
            .. new (string Name, string? Url)[]
            {
                ("issuer", metadata.Issuer),
                ("authorization_endpoint", metadata.AuthorizationEndpoint),
                ("token_endpoint", metadata.TokenEndpoint),
                ("userinfo_endpoint", metadata.UserInfoEndpoint),
                ("jwks_uri", metadata.JwksUri),
                ("EndSession", metadata.EndSessionEndpoint),
            }.Where(endpoint => endpoint.Url is not null).Select(endpoint => (endpoint.Name, endpoint.Url!)),
        ];

    public override async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        await OpenAsync(ct);
        if (await Connections.StatusAsync(Id, ct) is not { } status)
            return NotFound();
        Status = status;
        return Page();
    }
}
