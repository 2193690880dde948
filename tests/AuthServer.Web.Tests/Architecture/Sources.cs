using System.Runtime.CompilerServices;

namespace AuthServer.Web.Tests.Architecture;

/// <summary>The source files of the repository, as text.</summary>
internal static class Sources
{
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// Every C# and Razor file below <c>src</c>, by its path from there, with <c>/</c>; migrations left out.
    /// </summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Below("src");

    /// <summary>Every C# file below <c>tests</c>, by its path from there, with <c>/</c>.</summary>
    public static IReadOnlyDictionary<string, string> OfTests { get; } = Below("tests");

    /// <summary>Every Markdown file of the root and of <c>docs</c>, by its path from the root.</summary>
    public static IReadOnlyDictionary<string, string> Documents { get; } = Directory
        .EnumerateFiles(Root, "*.md")
        .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
        .ToDictionary(path => Path.GetRelativePath(Root, path), File.ReadAllText);

    public static IEnumerable<KeyValuePair<string, string>> In(string folder) =>
        All.Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal));

    private static Dictionary<string, string> Below(string folder) =>
        Directory
            .EnumerateFiles(Path.Combine(Root, folder), "*.cs*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".cs" or ".cshtml")
            .Select(path =>
                (Path: path, Name: Path.GetRelativePath(Path.Combine(Root, folder), path).Replace('\\', '/')))
            .Where(file =>
                !file.Name.Contains("/bin/", StringComparison.Ordinal)
                && !file.Name.Contains("/obj/", StringComparison.Ordinal)
                && !file.Name.Contains("/Migrations/", StringComparison.Ordinal)
                && !file.Name.Contains("/CompiledModel/", StringComparison.Ordinal))
            .ToDictionary(file => file.Name, file => File.ReadAllText(file.Path));

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var directory = Path.GetDirectoryName(here);
        while (directory is not null && !File.Exists(Path.Combine(directory, "AuthServer.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new InvalidOperationException("The sources are not where this was compiled.");
    }
}
