using AuthServer.Bench;
using BenchmarkDotNet.Running;

// dotnet run --project bench/AuthServer.Bench --configuration Release -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(StoreBenchmarks).Assembly).Run(args);
