using AuthServer.Core.Tenants;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AuthServer.Web.Tenancy;

/// <summary>
/// The issuer: configured, or in Development that of the listener on which the request came in; never the request's
/// Host (CVE-2023-49097).
/// </summary>
public sealed class IssuerSource(Issuer? configured, IServer server)
{
    private Known? listeners;

    /// <summary>
    /// The issuers of this process, for its start page and log: the configured one, or one for each listener.
    /// </summary>
    public IReadOnlyCollection<Issuer> All => configured is not null ? [configured] : Listeners().Values;

    public Issuer For(ConnectionInfo connection)
    {
        if (configured is not null)
            return configured;
        var known = Listeners();
        return known.TryGetValue(connection.LocalPort, out var issuer) ? issuer : known.Values.First();
    }

    /// <summary>
    /// Read again while there are more addresses than last time: the listeners open one after another, and the first
    /// may be called before the last is there.
    /// </summary>
    private Dictionary<int, Issuer> Listeners()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses.ToArray() ?? [];
        var known = listeners;
        if (known is null || known.Addresses != addresses.Length)
            listeners = known = new Known(addresses.Length, Read(addresses));
        return known.Issuers;
    }

    private static Dictionary<int, Issuer> Read(IEnumerable<string> addresses)
    {
        var found = new Dictionary<int, Issuer>();
        foreach (var address in addresses.Select(BindingAddress.Parse))
        {
            var host = address.Host is "+" or "*" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
            if (Issuer.TryParse($"{address.Scheme}://{host}:{address.Port}/") is { } issuer)
                found.TryAdd(address.Port, issuer);
        }

        return found.Count > 0 ? found : new Dictionary<int, Issuer> { [0] = Issuer.TryParse("http://localhost/")! };
    }

    private sealed record Known(int Addresses, Dictionary<int, Issuer> Issuers);
}
