using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Authorizations;
using BenchmarkDotNet.Attributes;

namespace AuthServer.Bench;

/// <summary>What requests ask of the store. Each write is on the disk when it returns; sixteen at once share their flushes.</summary>
[MemoryDiagnoser]
public class StoreBenchmarks
{
    private const int Together = 16;
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();
    private BenchStore store = null!;
    private IRefreshTokenStore tokens = null!;
    private IClientStore clients = null!;
    private Grant grant = null!;
    private RefreshToken[] chains = null!;

    /// <summary>Not asynchronous: what runs in this process would not wait for it.</summary>
    [GlobalSetup]
    public void Begin() => BeginAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void End() => store.Dispose();

    [Benchmark]
    public ValueTask<Client?> FindClient() => clients.FindAsync(store.Client.ClientId, CancellationToken.None);

    [Benchmark]
    public Task<RefreshToken?> FindRefreshToken() => tokens.FindAsync(new TokenHash(chains[0].Hash), CancellationToken.None);

    [Benchmark]
    public Task RotateOne() => RotateAsync(0);

    [Benchmark(OperationsPerInvoke = Together)]
    public Task RotateTogether() => Task.WhenAll(Enumerable.Range(0, Together).Select(RotateAsync));

    private async Task RotateAsync(int chain)
    {
        var (used, next) = (chains[chain], BenchStore.NewRefreshToken(grant, now));
        if (!await tokens.TryRotateAsync(used, next, null, now, CancellationToken.None))
            throw new InvalidOperationException("The chain is broken.");
        chains[chain] = next;
    }

    private async Task BeginAsync()
    {
        store = new BenchStore();
        (tokens, clients) = (store.Get<IRefreshTokenStore>(), store.Get<IClientStore>());
        grant = store.NewGrant(now);
        chains = [.. Enumerable.Range(0, Together).Select(_ => BenchStore.NewRefreshToken(grant, now))];
        await store.Get<IGrantStore>().TryAddAsync(grant, new FirstArtefacts(RefreshToken: chains[0]), CancellationToken.None);
        foreach (var chain in chains.Skip(1))
            await store.Get<IGrantStore>().TryAddAsync(store.NewGrant(now), new FirstArtefacts(RefreshToken: chain), CancellationToken.None);
    }
}
