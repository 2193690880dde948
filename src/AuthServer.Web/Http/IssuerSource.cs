using AuthServer.Core.Tenants;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AuthServer.Web.Http;

/// <summary>
/// The issuer: configured, or in Development that of the listener on which the request came in; never the request's Host
/// (mission decision 1, CVE-2023-49097).
/// </summary>
public sealed class IssuerSource(Issuer? configured, IServer server)
{
    private Dictionary<int, Issuer>? listeners;

    /// <summary>The issuers of this process, for its start page and log: the configured one, or one for each listener.</summary>
    public IReadOnlyCollection<Issuer> All => configured is not null ? [configured] : Listeners().Values;

    public Issuer For(ConnectionInfo connection)
    {
        if (configured is not null)
            return configured;
        var known = Listeners();
        return known.TryGetValue(connection.LocalPort, out var issuer) ? issuer : known.Values.First();
    }

    private Dictionary<int, Issuer> Listeners() => listeners ??= ReadListeners();

    private Dictionary<int, Issuer> ReadListeners()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var found = new Dictionary<int, Issuer>();
        foreach (var address in addresses.Select(BindingAddress.Parse))
        {
            var host = address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
            if (Issuer.TryParse($"{address.Scheme}://{host}:{address.Port}/") is { } issuer)
                found.TryAdd(address.Port, issuer);
        }

        return found.Count > 0 ? found : new Dictionary<int, Issuer> { [0] = Issuer.TryParse("http://localhost/")! };
    }
}
