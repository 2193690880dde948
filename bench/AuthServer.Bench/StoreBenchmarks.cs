using AuthServer.Core;
using AuthServer.Core.Authorizations;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using BenchmarkDotNet.Attributes;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace AuthServer.Bench;

/// <summary>What requests ask of the store. Each write is on the disk when it returns; sixteen at once share their flushes.</summary>
[MemoryDiagnoser]
public class StoreBenchmarks
{
    private const int Together = 16;
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();
    private BenchStore store = null!;
    private readonly TokenHash first = OpaqueToken.Create().Hash();
    private IStoredTokens tokens = null!;
    private IIssuanceStore issuance = null!;
    private IClientStore clients = null!;
    private Authorization authorization = null!;
    private Token[] chains = null!;

    /// <summary>Not asynchronous: what runs in this process would not wait for it.</summary>
    [GlobalSetup]
    public void Begin() => BeginAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void End() => store.Dispose();

    [Benchmark]
    public ValueTask<Client?> FindClient() => clients.FindAsync(store.Client.ClientId, CancellationToken.None);

    [Benchmark]
    public Task<Token?> FindRefreshToken() =>
        tokens.FindAsync(first, TokenTypeIdentifiers.RefreshToken, CancellationToken.None);

    [Benchmark]
    public Task RotateOne() => RotateAsync(0);

    [Benchmark(OperationsPerInvoke = Together)]
    public Task RotateTogether() => Task.WhenAll(Enumerable.Range(0, Together).Select(RotateAsync));

    private async Task RotateAsync(int chain)
    {
        var (used, next) = (chains[chain], BenchStore.NewRefreshToken(authorization, OpaqueToken.Create().Hash(), now));
        if (!await issuance.TryRotateAsync(used, [next], now, CancellationToken.None))
            throw new InvalidOperationException("The chain is broken.");
        chains[chain] = next;
    }

    private async Task BeginAsync()
    {
        store = new BenchStore();
        (tokens, issuance, clients) = (
            store.Get<IStoredTokens>(), store.Get<IIssuanceStore>(), store.Get<IClientStore>());
        authorization = store.NewAuthorization(now);
        chains = [.. Enumerable.Range(0, Together)
            .Select(i => BenchStore.NewRefreshToken(authorization, i == 0 ? first : OpaqueToken.Create().Hash(), now))];
        await issuance.AddAsync(new NewAuthorization(authorization, chains), CancellationToken.None);
    }
}
