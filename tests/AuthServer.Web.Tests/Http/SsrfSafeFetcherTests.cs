using System.Net;
using System.Net.Sockets;
using AuthServer.Web.OutgoingHttp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AuthServer.Web.Tests.Http;

/// <summary>Server-side request forgery (docs/security.md#clients-that-register-themselves).</summary>
public sealed class SsrfSafeFetcherTests : IAsyncLifetime
{
    private readonly WebApplication other = Other();
    private int hits;

    public async ValueTask InitializeAsync()
    {
        other.Run(async http =>
        {
            Interlocked.Increment(ref hits);
            switch (http.Request.Path.Value)
            {
                case "/moved":
                    http.Response.Redirect("/good");
                    break;
                case "/large":
                    await http.Response.Body.WriteAsync(new byte[64 * 1024 + 1]);
                    break;
                case "/slow":
                    await Task.Delay(Timeout.Infinite, http.RequestAborted);
                    break;
                default:
                    http.Response.ContentType = "image/png";
                    await http.Response.WriteAsync("picture");
                    break;
            }
        });
        await other.StartAsync();
    }

    public ValueTask DisposeAsync() => other.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("fd00::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    public void These_addresses_are_not_public(string address) =>
        Assert.False(PublicAddressFilter.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700::1111")]
    public void And_these_are(string address) => Assert.True(PublicAddressFilter.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://{0}/good")]
    [InlineData("https://{0}/good")]
    [InlineData("https://localhost:{1}/good")]
    [InlineData("https://user@{0}/good")]
    [InlineData("ftp://{0}/good")]
    [InlineData("file:///etc/hostname")]
    public async Task Nothing_near_this_machine_is_fetched(string url)
    {
        using var fetcher = new SsrfSafeFetcher(NullLogger<SsrfSafeFetcher>.Instance);

        Assert.Null(await fetcher.GetAsync(At(url), CancellationToken.None));
        Assert.Equal(0, hits);
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "ENOTFOUND")]
    [InlineData(SocketError.NoData, "ENOTFOUND")]
    [InlineData(SocketError.TryAgain, "EAI_AGAIN")]
    [InlineData(SocketError.TimedOut, "ETIMEDOUT")]
    [InlineData(SocketError.HostUnreachable, "EHOSTUNREACH")]
    [InlineData(SocketError.NetworkUnreachable, "ENETUNREACH")]
    public void An_error_of_the_network_has_the_code_of_Node(SocketError error, string code)
    {
        var failure = new HttpRequestException("", new SocketException((int)error));

        Assert.Equal(code, FetchException.Of(new Uri("https://api.example.com/"), failure).Code);
    }

    /// <summary>The codes are those of Node.js, as far as it has one.</summary>
    [Theory]
    [InlineData("http://{0}/good", false, "ERR_URL_NOT_ALLOWED")]
    [InlineData("https://{0}/good", false, "ERR_ADDRESS_NOT_PUBLIC")]
    [InlineData("https://{0}/good", true, "EPROTO")]
    [InlineData("https://127.0.0.1:1/", true, "ECONNREFUSED")]
    [InlineData("http://{0}/large", true, "ERR_RESPONSE_TOO_LARGE")]
    public async Task A_caller_learns_why_it_failed(string url, bool allowLoopback, string code)
    {
        using var fetcher = new SsrfSafeFetcher(NullLogger<SsrfSafeFetcher>.Instance, allowLoopback);
        using var request = new HttpRequestMessage(HttpMethod.Get, At(url));

        var failure = await Assert.ThrowsAsync<FetchException>(
            () => fetcher.SendOrThrowAsync(request, CancellationToken.None));

        Assert.Equal(code, failure.Code);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_named_so()
    {
        using var fetcher = new SsrfSafeFetcher(
            NullLogger<SsrfSafeFetcher>.Instance, allowLoopback: true, TimeSpan.FromMilliseconds(300));
        using var request = new HttpRequestMessage(HttpMethod.Get, At("http://{0}/slow"));

        var failure = await Assert.ThrowsAsync<FetchException>(
            () => fetcher.SendOrThrowAsync(request, CancellationToken.None));

        Assert.Equal("ETIMEDOUT", failure.Code);
    }

    [Fact]
    public async Task A_document_is_fetched_and_a_redirect_or_a_large_body_is_not()
    {
        using var fetcher = new SsrfSafeFetcher(NullLogger<SsrfSafeFetcher>.Instance, allowLoopback: true);

        var found = await fetcher.GetAsync(At("http://{0}/good"), CancellationToken.None);
        Assert.Equal("image/png", found!.MediaType);
        Assert.Equal("picture"u8, found.Body);
        Assert.Null(await fetcher.GetAsync(At("http://{0}/moved"), CancellationToken.None));
        Assert.Null(await fetcher.GetAsync(At("http://{0}/large"), CancellationToken.None));
    }

    private static WebApplication Other()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return builder.Build();
    }

    private Uri At(string url)
    {
        var address = new Uri(other.Urls.First());
        return new Uri(
            url.Replace("{0}", address.Authority, StringComparison.Ordinal)
                .Replace(
                    "{1}",
                    address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    StringComparison.Ordinal));
    }
}
