using System.Reflection;
using System.Runtime.Loader;

namespace Assay.Sources.Drivers;

/// <summary>A driver's own room: its assemblies and theirs, whatever versions Assay itself uses. Only the framework is shared.</summary>
internal sealed class DriverLoadContext(string folder) : AssemblyLoadContext($"driver {Path.GetFileName(folder)}")
{
    protected override Assembly? Load(AssemblyName name)
    {
        var file = Path.Combine(folder, $"{name.Name}.dll");
        return File.Exists(file) && !FrameworkAssemblies.HasAtLeast(name.Name!, AssemblyName.GetAssemblyName(file).Version!) ? LoadFromAssemblyPath(file) : null;
    }

    protected override IntPtr LoadUnmanagedDll(string name) =>
        new[] { name, $"{name}.so", $"lib{name}.so", $"lib{name}" }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists) is { } found
            ? LoadUnmanagedDllFromPath(found)
            : IntPtr.Zero;
}
