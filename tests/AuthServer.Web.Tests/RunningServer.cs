using AuthServer.TestKit;

namespace AuthServer.Web.Tests;

/// <summary>One server for the tests of a class.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    public TestServer Server { get; } = new();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
