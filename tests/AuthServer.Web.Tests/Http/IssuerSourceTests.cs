using AuthServer.Core.Tenants;
using AuthServer.Web.Tenancy;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AuthServer.Web.Tests.Http;

/// <summary>Configured, or the listener's own in Development; never the Host header's.</summary>
public sealed class IssuerSourceTests
{
    private readonly Listeners server = new("http://localhost:5000");

    [Fact]
    public void Each_listener_is_its_own_issuer_also_one_that_opens_later()
    {
        var issuers = new IssuerSource(configured: null, server);
        Assert.Equal("http://localhost:5000/", issuers.For(On(5000)).Value);

        server.Open("https://localhost:5001");

        Assert.Equal("https://localhost:5001/", issuers.For(On(5001)).Value);
        Assert.Equal(["http://localhost:5000/", "https://localhost:5001/"], issuers.All.Select(issuer => issuer.Value));
    }

    [Fact]
    public void A_listener_on_every_address_is_localhost()
    {
        server.Open("http://[::]:8080");

        Assert.Equal("http://localhost:8080/", new IssuerSource(configured: null, server).For(On(8080)).Value);
    }

    [Fact]
    public void A_configured_issuer_holds_on_every_listener()
    {
        var issuer = Issuer.TryParse("https://login.example.com")!;

        Assert.Equal(issuer, new IssuerSource(issuer, server).For(On(5000)));
    }

    private static ConnectionInfo On(int port)
    {
        var connection = new DefaultHttpContext().Connection;
        connection.LocalPort = port;
        return connection;
    }

    private sealed class Listeners : IServer, IServerAddressesFeature
    {
        public Listeners(string address)
        {
            Addresses.Add(address);
            Features.Set<IServerAddressesFeature>(this);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public ICollection<string> Addresses { get; } = [];

        public bool PreferHostingUrls { get; set; }

        public void Open(string address) => Addresses.Add(address);

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
