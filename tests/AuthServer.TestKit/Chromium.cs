using System.Diagnostics;
using Microsoft.Playwright;

namespace AuthServer.TestKit;

/// <summary>A real browser, the machine's own Chromium.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser) =>
        (this.playwright, this.browser) = (playwright, browser);

    public static async Task<Chromium> StartAsync()
    {
        var path = Requires.Tool("chromium", "chromium-browser", "google-chrome");
        var driver = await Playwright.CreateAsync();
        return new Chromium(
            driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments }));
    }

    /// <summary>A page in a profile of its own.</summary>
    public async Task<IPage> NewPageAsync(
        TestServer server,
        bool dark = false,
        bool phone = false,
        string language = "en",
        bool script = true,
        string? timeZone = null)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = server.Issuer.Value,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = phone ? new() { Width = 390, Height = 844 } : new() { Width = 1280, Height = 800 },
            DeviceScaleFactor = phone ? 2 : 1,
            Locale = language,
            JavaScriptEnabled = script,
            TimezoneId = timeZone,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}

/// <summary>axe-core, which finds problems of accessibility.</summary>
public static class Axe
{
    private static readonly Lazy<Task<string>> Source = new(() => BrowserPackages.ReadAsync("axe-core", "axe.min.js"));

    /// <returns>Violations, one line each; empty when there are none.</returns>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        await page.EvaluateAsync(await Source.Value);
        return await page.EvaluateAsync<string[]>(
            """
            async () => {
                const found = await axe.run(document, { resultTypes: ['violations'] });
                const describe = (v, n) => `${v.id}: ${n.target} ${n.failureSummary.replace(/\s+/g, ' ')}`;
                return found.violations.flatMap(v => v.nodes.map(n => describe(v, n)));
            }
            """
        );
    }
}

/// <summary>
/// Script packages that a page of the tests loads, from <c>tests/browser</c>, installed when they are missing.
/// </summary>
public static class BrowserPackages
{
    private static readonly SemaphoreSlim Installing = new(1);

    public static async Task<string> ReadAsync(params string[] path)
    {
        var folder = Path.Combine(Repository.Root, "tests", "browser");
        var file = Path.Combine([folder, "node_modules", .. path]);
        await Installing.WaitAsync();
        try
        {
            if (!File.Exists(file))
                await InstallAsync(folder);
        }
        finally
        {
            Installing.Release();
        }

        return await File.ReadAllTextAsync(file);
    }

    private static async Task InstallAsync(string folder)
    {
        using var npm = Process.Start(
            new ProcessStartInfo(Requires.Tool("npm"), ["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            })!;
        await npm.StandardOutput.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
            throw Requires.Missing("what tests/browser lists (npm ci failed)");
    }
}

/// <summary>Folder of the sources.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "AuthServer.sln"))
            ? folder
            : Find(
                Path.GetDirectoryName(folder)
                    ?? throw new InvalidOperationException("AuthServer.sln lies nowhere above the tests."));
}
