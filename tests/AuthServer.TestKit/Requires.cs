namespace AuthServer.TestKit;

/// <summary>What a test needs of the machine. Absent, it is skipped at a developer's desk and fails where CI=true.</summary>
public static class Requires
{
    /// <summary>xunit.v3 takes an exception whose message begins so for a skipped test.</summary>
    private const string SkipToken = "$XunitDynamicSkip$";

    public static bool InCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <returns>The tool's full path.</returns>
    public static string Tool(string name)
    {
        var names = OperatingSystem.IsWindows() ? new[] { name + ".exe", name + ".cmd" } : [name];
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(directory => names.Select(file => Path.Combine(directory, file)))
            .FirstOrDefault(File.Exists);
        return found ?? throw new InvalidOperationException($"{(InCi ? "" : SkipToken)}{name} is not installed.");
    }
}
